namespace TraderHub.Core.Worktime.SignIn;

/// <summary>
/// The tokens that GitHub gave for developers. They are kept for seven days from the last sign-in, in the key-value store under the key that they have
/// always had there, and readable to this server alone (rule G5).
/// </summary>
public interface IGitHubTokens
{
    /// <summary>Keeps a developer's token for seven days from now, in the place of the one before.</summary>
    Task SaveAsync(long developer, string token, CancellationToken cancellationToken);

    /// <summary>A developer's token; null when there is none, or none that can still be read.</summary>
    Task<string?> FindAsync(long developer, CancellationToken cancellationToken);

    /// <summary>Forgets a developer's token.</summary>
    Task RemoveAsync(long developer, CancellationToken cancellationToken);
}
