using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TraderHub.Functions.Http;

/// <summary>The compressed forms in which an answer may be sent.</summary>
internal static class ContentCoding
{
    public const string Brotli = "br";

    public const string Gzip = "gzip";

    /// <summary>The form that a caller likes best, Brotli where it does not mind; null for the answer as it is.</summary>
    public static string? ChosenBy(HttpRequest request)
    {
        if (request.Headers.AcceptEncoding.Count == 0)
        {
            return null;
        }

        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var (brotli, gzip) = (QualityOf(Brotli, accepted) ?? AnyQuality(accepted), QualityOf(Gzip, accepted) ?? AnyQuality(accepted));
        var best = Math.Max(brotli, gzip);
        return best == 0 || best < (QualityOf("identity", accepted) ?? 0) ? null : brotli >= gzip ? Brotli : Gzip;
    }

    /// <summary>A body in a form.</summary>
    public static byte[] Encode(byte[] body, string coding, CompressionLevel level)
    {
        using var encoded = new MemoryStream(body.Length / 2);
        using (Stream encoder = coding == Brotli ? new BrotliStream(encoded, level) : new GZipStream(encoded, level))
        {
            encoder.Write(body);
        }

        return encoded.ToArray();
    }

    private static double AnyQuality(IList<StringWithQualityHeaderValue> accepted) => QualityOf("*", accepted) ?? 0;

    private static double? QualityOf(string coding, IList<StringWithQualityHeaderValue> accepted)
    {
        foreach (var each in accepted)
        {
            if (each.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return each.Quality ?? 1;
            }
        }

        return null;
    }
}
