using Microsoft.AspNetCore.Http;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Functions.Worktime;

/// <summary>
/// The cookie of a browser that has gone to GitHub, so that nobody can have another's browser finish a sign-in that they began (rule G4). It comes along when
/// GitHub sends the browser back, for that is a navigation.
/// </summary>
internal static class GitHubStateCookie
{
    private const string Name = "traderhub-github-state";

    private const string Path = "/auth/github";

    /// <summary>The state that the browser was given; null when it was not.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Gives the browser a state.</summary>
    public static void Set(HttpResponse response, string state, bool isSecure) =>
        Append(response, state, isSecure, BeginGitHubSignIn.Lifetime.ToTimeSpan());

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpResponse response, bool isSecure) => Append(response, string.Empty, isSecure, TimeSpan.Zero);

    private static void Append(HttpResponse response, string state, bool isSecure, TimeSpan lifetime) => response.Cookies.Append(
        Name, state, new CookieOptions { Path = Path, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = isSecure, MaxAge = lifetime });
}
