using System.IO.Compression;

namespace TraderHub.Functions.Http;

/// <summary>A body that is the same for everybody and every time: each of its compressed forms is made once, as small as it gets.</summary>
internal sealed class KeptBody(byte[] plain)
{
    private readonly Lazy<byte[]> brotli = new(() => ContentCoding.Encode(plain, ContentCoding.Brotli, CompressionLevel.SmallestSize));
    private readonly Lazy<byte[]> gzip = new(() => ContentCoding.Encode(plain, ContentCoding.Gzip, CompressionLevel.SmallestSize));

    /// <summary>The body as it is.</summary>
    public byte[] Plain => plain;

    /// <summary>The body in a form.</summary>
    public byte[] In(string coding) => coding == ContentCoding.Brotli ? brotli.Value : gzip.Value;
}
