using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Upstream.GitHub;
using TraderHub.Data.Worktime.SignIn;
using TraderHub.Functions.Http;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Worktime;

/// <summary>Whether developers can sign in here, and where GitHub may send them (rule G4).</summary>
public sealed class GitHubSignInSite(GitHubOptions gitHub, DeveloperTokenOptions tokens, SignInOptions site, AuthOptions auth)
{
    private const string CallbackPath = "/auth/github/callback";

    private const string Extension = "chrome-extension://";

    /// <summary>Where Chrome takes an extension's redirects: <c>https://&lt;id&gt;.chromiumapp.org</c>, a name that belongs to nobody else.</summary>
    private const string ExtensionRedirects = ".chromiumapp.org";

    /// <summary>Why nobody can sign in here; null when they can.</summary>
    public Error? Closed
    {
        get
        {
            (string Key, string? Value)[] needed =
                [(DeveloperTokenOptions.Key, tokens.Secret), (GitHubOptions.ClientIdKey, gitHub.ClientId), (GitHubOptions.ClientSecretKey, gitHub.ClientSecret)];
            var missing = needed.Where(setting => setting.Value is null).Select(setting => setting.Key).ToList();
            return missing.Count == 0 ? null : Refusals.NoDevelopers(string.Join(", ", missing));
        }
    }

    /// <summary>Where GitHub sends a browser that signs in here.</summary>
    public Result<string> CallbackOf(HttpRequest request) => site.DomainOf(request).Match<Result<string>>(domain => AddressOf(domain, request) + CallbackPath, error => error);

    /// <summary>Whether a client may say that GitHub sent its code there: to this site, or to an allowed page or extension.</summary>
    public bool MayRedirectTo(string address, HttpRequest request)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return false;
        }

        var origin = uri.GetLeftPart(UriPartial.Authority);
        return auth.AllowedOrigins.Contains(origin)
            || (uri is { Scheme: "https", IsDefaultPort: true } && uri.Host.EndsWith(ExtensionRedirects, StringComparison.Ordinal)
                && auth.AllowedOrigins.Contains(Extension + uri.Host[..^ExtensionRedirects.Length]))
            || site.DomainOf(request).Match(domain => AddressOf(domain, request) == origin, _ => false);
    }

    /// <summary>Whether cookies are for encrypted connections alone (rule A13).</summary>
    public bool HasSecureCookies(HttpRequest request) => site.HasSecureCookies(request);

    private static string AddressOf(SignInDomain domain, HttpRequest request) =>
        domain.IsLoopback && request.IsHttps ? $"{Uri.UriSchemeHttps}://{domain.Name}" : domain.Address;
}
