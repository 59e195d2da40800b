using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>The cookie that a trader's session travels in.</summary>
internal static class SessionCookie
{
    /// <summary>The name that the trading hub has always used.</summary>
    public const string Name = "hyper-trader-session";

    private const int LongestToken = 256;

    /// <summary>The token in the cookie; null when there is none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= LongestToken } token ? token : null;
}
