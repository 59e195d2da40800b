using NodaTime;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>A session that has just begun (rule A7).</summary>
/// <param name="Token">The secret that its trader sends from now on; it is nowhere else (rule A2).</param>
/// <param name="Address">The trader.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record Session(string Token, WalletAddress Address, Instant CreatedAt, Instant ExpiresAt);
