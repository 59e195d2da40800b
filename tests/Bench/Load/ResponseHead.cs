using System.Buffers.Text;

namespace TraderHub.Bench.Load;

/// <summary>What the load loop needs to know of an answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="TotalLength">The length of head and body together.</param>
internal readonly record struct ResponseHead(int Status, int TotalLength)
{
    /// <summary>Whether the request was done.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Reads the head once all of it is there.</summary>
    /// <exception cref="IOException">It is not HTTP, or does not say how long the body is.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, out ResponseHead head)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            head = default;
            return false;
        }

        head = new ResponseHead(ReadNumber(received["HTTP/1.1 "u8.Length..]), end + 4 + ReadContentLength(received[..end]));
        return true;
    }

    private static int ReadContentLength(ReadOnlySpan<byte> head)
    {
        // Spelled as Kestrel spells it: ignoring case would cost more than the rest of the loop.
        var name = "\r\nContent-Length: "u8;
        var start = head.IndexOf(name);
        return start >= 0 ? ReadNumber(head[(start + name.Length)..]) : throw new IOException("The answer has no Content-Length.");
    }

    private static int ReadNumber(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out _) ? number : throw new IOException("The answer is not HTTP.");
}
