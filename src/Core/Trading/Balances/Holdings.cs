namespace TraderHub.Core.Trading.Balances;

/// <summary>
/// What an account holds apart from its open positions' profit. Prices do not move it; trades, funding and cash flows do, so as long as it stays there is no new row in the
/// ledger.
/// </summary>
internal sealed class Holdings
{
    private const decimal Cent = 0.01m;

    private readonly Dictionary<string, decimal> amounts;
    private readonly decimal unifiedDollars;
    private readonly decimal unrealizedPnl;

    public Holdings(Balance balance)
        : this(balance.Parts, balance.IsUnified == true)
    {
    }

    public Holdings(AccountParts parts, bool isUnified)
    {
        amounts = (parts.Spot?.Balances ?? [])
            .Where(held => held.Total != 0 && !(isUnified && held.IsDollars))
            .GroupBy(held => $"spot {held.Coin} {held.Token}")
            .ToDictionary(group => group.Key, group => group.Sum(held => held.Total));
        if (isUnified)
        {
            unifiedDollars = parts.Spot?.Balances.Where(held => held.IsDollars).Sum(held => held.Total) ?? 0;
            unrealizedPnl = new Balance(parts).UnrealizedPnl ?? 0;
            return;
        }

        foreach (var account in parts.Perps)
        {
            amounts[$"perps {account.Dex}"] = account.AccountValue - account.Positions.Sum(position => position.UnrealizedPnl);
        }
    }

    /// <summary>Whether something has come, gone or been traded since.</summary>
    public bool HaveMovedFrom(Holdings before) =>
        amounts.Count != before.amounts.Count
        || amounts.Any(now => !before.amounts.TryGetValue(now.Key, out var then) || Math.Abs(now.Value - then) >= Cent)
        || HaveUnifiedDollarsMovedFrom(before);

    /// <summary>Whether the dollars of a unified account have their positions' profit in them is disputed, so they stay when one way of looking at them says so.</summary>
    private bool HaveUnifiedDollarsMovedFrom(Holdings before)
    {
        var moved = unifiedDollars - before.unifiedDollars;
        return Math.Abs(moved) >= Cent && Math.Abs(moved - (unrealizedPnl - before.unrealizedPnl)) >= Cent;
    }
}
