using System.Text;

namespace TraderHub.Bench.Load;

/// <summary>Requests as bytes, made once and sent many times.</summary>
internal static class HttpRequest
{
    /// <summary>A GET.</summary>
    public static ReadOnlyMemory<byte> Get(Uri address, string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
}
