using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Functions.Trading;

/// <summary>The zone that a request itself suggests: its cookie's, else a guess from its language, else UTC (rule T3).</summary>
internal static class RequestZone
{
    /// <summary>The trader has chosen it, and it is stored.</summary>
    public const string FromStore = "stored";

    /// <summary>The zone was chosen and is in the cookie.</summary>
    public const string FromCookie = "cookie";

    private const string FromLanguage = "language";

    /// <summary>Nothing says which.</summary>
    public const string FromDefault = "default";

    private const string CookieName = "timezone";

    private static readonly TimeSpan OneYear = TimeSpan.FromSeconds(31_536_000);

    /// <summary>What a request by itself says of its sender's zone.</summary>
    public static AssumedZone Suggested(HttpRequest request) =>
        ReadCookie(request) is { } chosen ? new(chosen, FromCookie)
        : GuessFromLanguage(request) is { } guessed ? new(guessed, FromLanguage)
        : AssumedZone.Default;

    /// <summary>Keeps a zone in the caller's cookie.</summary>
    public static void Remember(HttpRequest request, UserZone zone, decimal offset, bool? autoDetect, bool isSecure) => request.HttpContext.Response.Cookies.Append(
        CookieName,
        JsonSerializer.Serialize(new TimezoneCookie(offset, zone.Name, zone.Id, autoDetect), TradingJson.Default.TimezoneCookie),
        new CookieOptions { Path = "/", MaxAge = OneYear, SameSite = SameSiteMode.Lax, Secure = isSecure });

    private static UserZone? ReadCookie(HttpRequest request)
    {
        // Read from the header itself: the origin's clients wrote the JSON as it is, which the framework's cookie parser does not take.
        var text = request.Headers.Cookie
            .SelectMany(header => (header ?? string.Empty).Split(';', StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair.StartsWith($"{CookieName}=", StringComparison.Ordinal))?[(CookieName.Length + 1)..];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var cookie = JsonSerializer.Deserialize(Uri.UnescapeDataString(text), TradingJson.Default.TimezoneCookie);
            return cookie?.ZoneId is { } id && UserZone.FromId(id) is { } zone
                ? zone
                : cookie?.Offset is { } offset ? UserZone.FromOffset(offset, TimezoneChoices.IsName(cookie.Name) ? cookie.Name : null) : null;
        }
        catch (JsonException)
        {
            // A cookie that is not ours to read is as good as none.
            return null;
        }
    }

    private static UserZone? GuessFromLanguage(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-'))
        .Where(parts => parts.Length > 1)
        .Select(parts => UserZone.FromCountry(parts[^1]))
        .FirstOrDefault(zone => zone is not null);
}
