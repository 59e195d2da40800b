using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading;

namespace TraderHub.Functions.Http;

/// <summary>How a trader's session travels with a request.</summary>
internal static class SessionCookie
{
    /// <summary>The name of the cookie.</summary>
    public const string Name = "hyper-trader-session";

    private const string Scheme = "Bearer ";

    private const int LongestToken = 256;

    /// <summary>The token, from the Authorization header or else the cookie; null when neither has one.</summary>
    public static string? ReadToken(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..].Trim()
            : request.Cookies[Name];
        return token is { Length: > 0 and <= LongestToken } ? token : null;
    }

    /// <summary>Remembers the trader whom the session belongs to.</summary>
    public static void SetTrader(this HttpContext http, WalletAddress trader) => http.Items[typeof(WalletAddress)] = trader;

    /// <summary>The signed-in trader of a function with <see cref="Caller.Trader"/>.</summary>
    public static WalletAddress Trader(this HttpRequest request) => (WalletAddress)request.HttpContext.Items[typeof(WalletAddress)]!;
}
