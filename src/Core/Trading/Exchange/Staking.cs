using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>What a trader has staked, in HYPE.</summary>
/// <param name="Delegated">With validators.</param>
/// <param name="Undelegated">In the staking account, with no validator.</param>
/// <param name="PendingWithdrawal">On its way out.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record Staking(decimal Delegated, decimal Undelegated, decimal PendingWithdrawal, Instant AsOf)
{
    /// <summary>All of it.</summary>
    public decimal Total => Delegated + Undelegated + PendingWithdrawal;
}

/// <summary>A trader's share in a vault.</summary>
/// <param name="Vault">The vault's address.</param>
/// <param name="Equity">What the share is worth, in US dollars.</param>
/// <param name="LockedUntil">Until when it cannot be withdrawn; null when the exchange does not say.</param>
public sealed record VaultShare(string Vault, decimal Equity, Instant? LockedUntil);

/// <summary>What the exchange itself says an account is worth.</summary>
/// <param name="Value">In US dollars.</param>
/// <param name="AsOf">When it was so.</param>
public sealed record StatedValue(decimal Value, Instant AsOf);
