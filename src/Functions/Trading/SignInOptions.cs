using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Trading;

/// <summary>How wallets sign in.</summary>
/// <param name="Domain">The site that messages name; null on a machine of one's own, where it is what the request was sent to (rule A6).</param>
public sealed record SignInOptions(SignInDomain? Domain)
{
    private const string DomainKey = "Auth:Domain";

    private const string Example = "hub.example.com";

    /// <summary>Reads the setting <c>Auth:Domain</c>.</summary>
    public static SignInOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var text = settings.Text(DomainKey, string.Empty);
        var domain = SignInDomain.FromText(text);
        if (domain is null && text.Length > 0)
        {
            settings.Report(DomainKey, $"is '{text}', which is not a host with its port unless that is 443 (no scheme, no path)", Example);
        }

        return new(domain);
    }

    /// <summary>Notes that the domain must be set, for a host that more than this machine can reach.</summary>
    public static void RequireDomain(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Text(DomainKey, string.Empty).Length == 0)
        {
            settings.Report(DomainKey, "is not set, and others than this machine can reach the host: name the site that wallets sign in to", Example);
        }
    }

    /// <summary>
    /// Whether the site is named, and not this machine: then it is reached by https alone, which behind a proxy the request itself does not tell, and what a
    /// caller says of it in <c>X-Forwarded-Proto</c> changes nothing.
    /// </summary>
    public bool IsPublic => Domain is { IsLoopback: false };

    /// <summary>Whether cookies are for encrypted connections alone: by the site, for behind a proxy the request itself does not tell (rule A13).</summary>
    public bool HasSecureCookies(HttpRequest request) => DomainOf(request) is not { Error: null, Value.IsLoopback: true };

    /// <summary>The site that a request is for. A name that others can point to this machine is not taken from the request.</summary>
    public Result<SignInDomain> DomainOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Domain is not null)
        {
            return Domain;
        }

        return SignInDomain.FromText(request.Host.Value) is { IsLoopback: true } local
            ? local
            : new Error(ErrorKind.Forbidden, "DOMAIN_NOT_SET", $"Signing in is closed here: the setting {DomainKey} does not say for which site. An operator can set it.");
    }
}
