using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>The cookie that a developer's browser has its token in. It is there for as long as the token can be refreshed.</summary>
internal static class DeveloperCookie
{
    /// <summary>The name of the cookie.</summary>
    public const string Name = "traderhub-developer";

    /// <summary>The token in the cookie; null when there is none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } token ? token : null;

    /// <summary>Gives the browser a token.</summary>
    public static void Set(HttpResponse response, string token, TimeSpan lifetime, bool isSecure) => response.Cookies.Append(
        Name, token, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = isSecure, MaxAge = lifetime });

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpResponse response) => response.Cookies.Append(
        Name, string.Empty, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.Zero });
}
