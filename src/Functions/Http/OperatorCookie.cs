using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>
/// The cookie of an operator's browser: when it ends, signed with the operator's secret. It is worth nothing once the secret is another (rule A9).
/// </summary>
internal static class OperatorCookie
{
    /// <summary>The name of the cookie.</summary>
    public const string Name = "traderhub-operator";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Gives the browser a cookie for an hour.</summary>
    public static void Append(HttpResponse response, string adminToken, DateTimeOffset now, bool isSecure)
    {
        var end = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        response.Cookies.Append(
            Name,
            $"{end}.{Sign(end, adminToken)}",
            new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = isSecure, MaxAge = Lifetime });
    }

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpResponse response) => response.Cookies.Append(
        Name, string.Empty, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.Zero });

    /// <summary>Whether a request has a cookie that is ours and has not ended.</summary>
    public static bool IsValid(HttpRequest request, string? adminToken, DateTimeOffset now) =>
        adminToken is not null
        && request.Cookies[Name]?.Split('.') is [var end, var signature]
        && Secrets.AreEqual(signature, Sign(end, adminToken))
        && long.TryParse(end, CultureInfo.InvariantCulture, out var seconds)
        && now < DateTimeOffset.FromUnixTimeSeconds(seconds);

    private static string Sign(string end, string adminToken) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(adminToken), Encoding.UTF8.GetBytes($"operator cookie {end}")));
}
