using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>How a trader's session travels with a request.</summary>
internal static class SessionCookie
{
    /// <summary>The header that pages of ours send with every change; no foreign page can without CORS allowing it (rule A8).</summary>
    public const string OwnPageHeader = "X-Requested-With";

    /// <summary>The name of the cookie.</summary>
    public const string Name = "hyper-trader-session";

    private const string Scheme = "Bearer ";

    private const int LongestToken = 256;

    /// <summary>The token of the session that a request came with.</summary>
    public static string? ReadToken(HttpRequest request) => ReadBearer(request) ?? Read(request);

    /// <summary>The token in the Authorization header; null when it has none.</summary>
    public static string? ReadBearer(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
    }

    /// <summary>The token in the cookie; null when there is none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= LongestToken } token ? token : null;

    /// <summary>Has the browser keep a session's token for as long as the session lasts.</summary>
    public static void Set(HttpResponse response, Session session, bool isSecure) => response.Cookies.Append(
        Name,
        session.Token,
        new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = isSecure,
            MaxAge = (session.ExpiresAt - session.CreatedAt).ToTimeSpan(),
        });

    /// <summary>Has the browser forget the token.</summary>
    public static void Clear(HttpResponse response) => response.Cookies.Append(
        Name, string.Empty, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.Zero });
}
