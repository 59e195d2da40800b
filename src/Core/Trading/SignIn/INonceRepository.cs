using NodaTime;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>The nonces that were issued and not used yet.</summary>
public interface INonceRepository
{
    /// <summary>Stores a nonce, and forgets those that have expired.</summary>
    Task AddAsync(SignInNonce nonce, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a nonce up. True for one caller only, and only when the nonce was issued for this address and purpose with these times and is still good.
    /// </summary>
    Task<bool> TryUseAsync(SignInNonce nonce, Instant now, CancellationToken cancellationToken);
}
