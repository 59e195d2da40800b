using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>GitHub, as far as signing in needs it.</summary>
public interface IGitHub
{
    /// <summary>Where a browser is sent so that its user can agree.</summary>
    Uri AuthorizeUrl(AuthState state);

    /// <summary>The token that GitHub gives for a code; the refusal when it does not.</summary>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    Task<Result<string>> ExchangeAsync(GitHubCode code, CancellationToken cancellationToken);

    /// <summary>Whose token it is.</summary>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    Task<GitHubProfile> ReadUserAsync(string token, CancellationToken cancellationToken);
}

/// <summary>A code that GitHub gave to a client, with what proves that it is this client's.</summary>
/// <param name="Code">The code.</param>
/// <param name="CodeVerifier">The secret behind the challenge that the code was asked for with (PKCE); null when it was asked for without.</param>
/// <param name="RedirectUri">Where GitHub sent it; null when the client did not choose.</param>
public sealed record GitHubCode(string Code, string? CodeVerifier, string? RedirectUri);
