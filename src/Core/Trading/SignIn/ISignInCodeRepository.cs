using NodaTime;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>The codes that were issued and not used yet.</summary>
public interface ISignInCodeRepository
{
    /// <summary>Stores a code, and forgets those that have expired.</summary>
    /// <param name="codeHash">The hash of the code.</param>
    /// <param name="address">Whom it signs in.</param>
    /// <param name="now">The time.</param>
    /// <param name="expiresAt">When it is no longer good.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task AddAsync(string codeHash, WalletAddress address, Instant now, Instant expiresAt, CancellationToken cancellationToken);

    /// <summary>Uses a code up: whom it signs in, for one caller only; null when it was used, has expired, or there never was one.</summary>
    Task<WalletAddress?> TryUseAsync(string codeHash, Instant now, CancellationToken cancellationToken);
}
