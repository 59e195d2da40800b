using NodaTime;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>The sign-ins of developers.</summary>
public interface ITokenFamilies
{
    /// <summary>Stores a new one.</summary>
    Task AddAsync(TokenFamily family, CancellationToken cancellationToken);

    /// <summary>One that has not ended; null when there is none of that name, or it has.</summary>
    Task<TokenFamily?> FindAsync(string id, Instant now, CancellationToken cancellationToken);

    /// <summary>Exchanges its newest token for the next one; null when the token is not its newest, or it has ended. Of several at once one does it.</summary>
    Task<TokenFamily?> TryRotateAsync(string id, string token, string next, Instant now, CancellationToken cancellationToken);

    /// <summary>Ends one before its time; false when it had ended already.</summary>
    Task<bool> RevokeAsync(string id, Instant now, CancellationToken cancellationToken);

    /// <summary>Whether a developer has one that has not ended.</summary>
    Task<bool> HasAnyAsync(long developer, Instant now, CancellationToken cancellationToken);
}
