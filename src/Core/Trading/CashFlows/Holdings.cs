using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.CashFlows;

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
    {
        var isUnified = balance.IsUnified == true;
        amounts = (balance.Parts.Spot?.Balances ?? [])
            .Where(held => held.Total != 0 && !(isUnified && held.Coin == Prices.Dollars))
            .GroupBy(held => $"spot {held.Coin} {held.Token}")
            .ToDictionary(group => group.Key, group => group.Sum(held => held.Total));
        if (isUnified)
        {
            unifiedDollars = balance.Parts.Spot?.Balances.Where(held => held.Coin == Prices.Dollars).Sum(held => held.Total) ?? 0;
            unrealizedPnl = balance.UnrealizedPnl ?? 0;
            return;
        }

        foreach (var account in balance.Parts.Perps)
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
