using System.Text;

namespace TraderHub.Bench.Load;

/// <summary>Requests as bytes, made once and sent many times.</summary>
internal static class HttpRequest
{
    /// <summary>A GET.</summary>
    public static ReadOnlyMemory<byte> Get(Uri address, string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");

    /// <summary>A request with a JSON body.</summary>
    public static ReadOnlyMemory<byte> Json(Uri address, string method, string path, string headers, string body) => Encoding.ASCII.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
