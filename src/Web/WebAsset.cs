using System.Security.Cryptography;

namespace TraderHub.Web;

/// <summary>A file that pages need. Its URL names its content, so a browser may keep it for good (rule W2).</summary>
/// <param name="Url">Where it is served, such as <c>/assets/site.0123456789abcdef.css</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Version">Names its content.</param>
/// <param name="Content">Its bytes.</param>
public sealed record WebAsset(string Url, string ContentType, string Version, byte[] Content)
{
    private const int VersionDigits = 16;

    /// <summary>How pages look.</summary>
    public static WebAsset Style { get; } = Load("site.css", "text/css; charset=utf-8");

    /// <summary>What pages do beyond being there.</summary>
    public static WebAsset Script { get; } = Load("site.js", "text/javascript; charset=utf-8");

    /// <summary>The mark of TraderHub.</summary>
    public static WebAsset Icon { get; } = Load("icon.svg", "image/svg+xml");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WebAsset> All { get; } = [Style, Script, Icon];

    private static WebAsset Load(string name, string contentType)
    {
        using var stream = typeof(WebAsset).Assembly.GetManifestResourceStream($"assets/{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var version = Convert.ToHexStringLower(SHA256.HashData(content))[..VersionDigits];
        return new($"/assets/{Path.GetFileNameWithoutExtension(name)}.{version}{Path.GetExtension(name)}", contentType, version, content);
    }
}
