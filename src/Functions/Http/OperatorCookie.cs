using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace TraderHub.Functions.Http;

/// <summary>
/// The cookie of an operator's browser: when it ends and which sign-in it is of, signed with the operator's secret. It is worth nothing once the secret is
/// another (rule A9).
/// </summary>
internal static class OperatorCookie
{
    /// <summary>The name of the cookie.</summary>
    public const string Name = "traderhub-operator";

    private const int IdBytes = 16;

    private static readonly Duration Lifetime = Duration.FromHours(1);

    /// <summary>Gives the browser the cookie of a new sign-in, for an hour.</summary>
    public static void Append(HttpResponse response, string adminToken, Instant now, bool isSecure)
    {
        var end = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var id = RandomNumberGenerator.GetHexString(IdBytes * 2, lowercase: true);
        response.Cookies.Append(
            Name,
            $"{end}.{id}.{Sign(end, id, adminToken)}",
            new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = isSecure, MaxAge = Lifetime.ToTimeSpan() });
    }

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpResponse response) => response.Cookies.Append(
        Name, string.Empty, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.Zero });

    /// <summary>The sign-in of a request's cookie; null when there is no cookie that is ours and has not ended.</summary>
    public static OperatorTicket? Read(HttpRequest request, string? adminToken, Instant now) =>
        adminToken is not null
        && request.Cookies[Name]?.Split('.') is [var end, var id, var signature]
        && Secrets.AreEqual(signature, Sign(end, id, adminToken))
        && long.TryParse(end, CultureInfo.InvariantCulture, out var seconds)
        && now < Instant.FromUnixTimeSeconds(seconds)
            ? new OperatorTicket(id, Instant.FromUnixTimeSeconds(seconds))
            : null;

    private static string Sign(string end, string id, string adminToken) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(adminToken), Encoding.UTF8.GetBytes($"operator cookie {end} {id}")));
}

/// <summary>One sign-in of an operator's browser.</summary>
internal sealed record OperatorTicket(string Id, Instant ExpiresAt);
