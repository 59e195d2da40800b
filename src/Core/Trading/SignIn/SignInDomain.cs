namespace TraderHub.Core.Trading.SignIn;

/// <summary>The site that a message says it is from: a host, with its port unless that is the usual one (rule A6).</summary>
public sealed record SignInDomain
{
    private SignInDomain(Uri url)
    {
        Name = url.Authority;
        IsLoopback = url.IsLoopback;
    }

    /// <summary>The host and port, lower-case.</summary>
    public string Name { get; }

    /// <summary>Whether only this machine can mean it.</summary>
    public bool IsLoopback { get; }

    /// <summary>The address of the site. Off this machine it is always encrypted, whatever the last hop from a proxy to here is.</summary>
    public string Address => $"{(IsLoopback ? Uri.UriSchemeHttp : Uri.UriSchemeHttps)}://{Name}";

    /// <summary>Reads a host with an optional port; null when the text is anything else or more.</summary>
    public static SignInDomain? FromText(string? text) =>
        Uri.TryCreate($"{Uri.UriSchemeHttps}://{text}", UriKind.Absolute, out var url)
        && string.Equals(url.Authority, text, StringComparison.OrdinalIgnoreCase)
            ? new(url)
            : null;
}
