using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;

namespace TraderHub.Functions.Trading;

/// <summary>The parts of a balance in US dollars; a part that could not be read is null.</summary>
/// <param name="Perps">The accounts on the exchanges of perpetuals, the main one first.</param>
/// <param name="Spot">The spot account.</param>
/// <param name="Staking">What is staked.</param>
/// <param name="Vaults">The shares in vaults.</param>
/// <param name="StatedValue">What the exchange itself says; null without history.</param>
public sealed record BalanceParts(
    IReadOnlyList<PerpsPart> Perps, SpotPart? Spot, StakingPart? Staking, VaultsPart? Vaults, StatedPart? StatedValue)
{
    internal static BalanceParts From(Balance balance)
    {
        var (parts, values) = (balance.Parts, balance.Values);
        return new(
            parts.Perps.Select(account => new PerpsPart(
                account.Dex,
                Amount.Text(values.Of(account, account.AccountValue)),
                Amount.Text(account.AccountValue),
                Amount.Text(account.Withdrawable),
                Amount.Text(account.MarginUsed),
                Amount.Text(account.Notional),
                IsCounted: balance.IsUnified == false,
                account.AsOf.ToIso())).ToList(),
            parts.Spot is { } spot ? new(Amount.Text(values.Spot), values.Unpriced, spot.AsOf.ToIso()) : null,
            parts.Staking is { } staking
                ? new(
                    Amount.Text(values.Staking),
                    Amount.Text(staking.Value.Delegated),
                    Amount.Text(staking.Value.Undelegated),
                    Amount.Text(staking.Value.PendingWithdrawal),
                    staking.AsOf.ToIso())
                : null,
            parts.Vaults is { } vaults
                ? new(
                    Amount.Text(values.Vaults)!,
                    vaults.Value.Select(share => new VaultPart(share.Vault, Amount.Text(share.Equity), share.LockedUntil?.ToIso())).ToList(),
                    vaults.AsOf.ToIso())
                : null,
            parts.Stated?.Value is { } stated ? new(Amount.Text(stated.Value), stated.AsOf.ToIso(), Amount.Text(balance.DifferenceToStated)) : null);
    }
}

/// <summary>An account on an exchange of perpetuals.</summary>
/// <param name="Dex">The exchange; empty for Hyperliquid's own.</param>
/// <param name="Value">The account value in US dollars; null when its collateral has no price.</param>
/// <param name="AccountValue">The same in its collateral, which is US dollars on the main one.</param>
/// <param name="Withdrawable">What could be withdrawn of it.</param>
/// <param name="MarginUsed">The margin that its positions hold.</param>
/// <param name="Notional">Its positions at mark prices.</param>
/// <param name="IsCounted">Whether it is counted beside spot; in a unified account its value lies in spot already.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record PerpsPart(
    string Dex, string? Value, string AccountValue, string Withdrawable, string MarginUsed, string Notional, bool IsCounted, string AsOf);

/// <summary>The spot account.</summary>
/// <param name="Value">Everything on it that has a price.</param>
/// <param name="Unpriced">The coins that nobody prices; they are not counted.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record SpotPart(string? Value, IReadOnlyList<string> Unpriced, string AsOf);

/// <summary>What is staked, in HYPE.</summary>
/// <param name="Value">All of it in US dollars; null when HYPE has no price.</param>
/// <param name="Delegated">With validators.</param>
/// <param name="Undelegated">In the staking account, with no validator.</param>
/// <param name="PendingWithdrawal">On its way out.</param>
/// <param name="AsOf">When this was so; kept for ten minutes.</param>
public sealed record StakingPart(string? Value, string Delegated, string Undelegated, string PendingWithdrawal, string AsOf);

/// <summary>The shares in vaults.</summary>
/// <param name="Value">All of them.</param>
/// <param name="Shares">Each of them.</param>
/// <param name="AsOf">When this was so; kept for ten minutes.</param>
public sealed record VaultsPart(string Value, IReadOnlyList<VaultPart> Shares, string AsOf);

/// <summary>The share in one vault.</summary>
/// <param name="Vault">The vault's address.</param>
/// <param name="Equity">What it is worth.</param>
/// <param name="LockedUntil">Until when it cannot be withdrawn.</param>
public sealed record VaultPart(string Vault, string Equity, string? LockedUntil);

/// <summary>What the exchange itself says the account is worth, which is minutes to hours old.</summary>
/// <param name="Value">Its figure.</param>
/// <param name="AsOf">When that was so.</param>
/// <param name="Difference">The total here less that; null when the total is unknown.</param>
public sealed record StatedPart(string Value, string AsOf, string? Difference);

/// <summary>When each part of a balance was so; null for a part that is missing.</summary>
/// <param name="Perps">The main perpetuals account.</param>
/// <param name="Spot">The spot account.</param>
/// <param name="Prices">The prices that everything is valued by.</param>
/// <param name="Orders">The open orders; kept for a minute.</param>
/// <param name="Staking">What is staked.</param>
/// <param name="Vaults">The shares in vaults.</param>
public sealed record BalanceTimes(string Perps, string? Spot, string? Prices, string? Orders, string? Staking, string? Vaults)
{
    internal static BalanceTimes Of(AccountParts parts) => new(
        parts.MainPerps.AsOf.ToIso(), Iso(parts.Spot?.AsOf), Iso(parts.Prices?.AsOf), Iso(parts.Orders?.AsOf), Iso(parts.Staking?.AsOf), Iso(parts.Vaults?.AsOf));

    private static string? Iso(Instant? instant) => instant?.ToIso();
}
