using NodaTime;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>The sessions of signed-in traders.</summary>
public interface ISessionRepository
{
    /// <summary>Stores a session.</summary>
    /// <param name="tokenHash">The hash of its token.</param>
    /// <param name="address">Whose it is.</param>
    /// <param name="createdAt">When it began.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task AddAsync(string tokenHash, WalletAddress address, Instant createdAt, Instant expiresAt, CancellationToken cancellationToken);

    /// <summary>Whose session a token is; null when there is none, or it has ended.</summary>
    Task<WalletAddress?> FindAddressAsync(string tokenHash, Instant now, CancellationToken cancellationToken);

    /// <summary>Ends a session; does nothing when there is none.</summary>
    Task RemoveAsync(string tokenHash, CancellationToken cancellationToken);
}
