using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>How a trader's session travels with a request.</summary>
internal static class SessionCookie
{
    /// <summary>The header that pages of ours send with every change; no foreign page can without CORS allowing it (rule A8).</summary>
    public const string OwnPageHeader = "X-Requested-With";

    private const string Name = "hyper-trader-session";

    private const string Scheme = "Bearer ";

    private const int LongestToken = 256;

    /// <summary>The token, from the Authorization header or else the cookie; null when neither has one.</summary>
    public static string? ReadToken(HttpRequest request)
    {
        var token = ReadBearer(request) ?? request.Cookies[Name];
        return token is { Length: > 0 and <= LongestToken } ? token : null;
    }

    /// <summary>
    /// Whether a request is a change that nothing but the cookie vouches for. Browsers send the cookie with whatever page makes the request, so
    /// that alone does not show that the trader wants it (rule A8).
    /// </summary>
    public static bool CouldBeForged(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && ReadBearer(request) is null
        && request.Cookies.ContainsKey(Name)
        && !request.Headers.ContainsKey(OwnPageHeader);

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

    /// <summary>Remembers the trader whom the session belongs to.</summary>
    public static void SetTrader(this HttpContext http, WalletAddress trader) => http.Items[typeof(WalletAddress)] = trader;

    /// <summary>The signed-in trader of a function with <see cref="Caller.Trader"/>.</summary>
    public static WalletAddress Trader(this HttpRequest request) => (WalletAddress)request.HttpContext.Items[typeof(WalletAddress)]!;

    private static string? ReadBearer(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
    }
}
