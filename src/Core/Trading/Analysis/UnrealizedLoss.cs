using TraderHub.Core.Trading.Balances;

namespace TraderHub.Core.Trading.Analysis;

/// <summary>How deep open positions are under water (rule N2). Shares: 1 is 100 %.</summary>
/// <param name="UnrealizedPnl">The open positions' profit and loss together, in US dollars; negative.</param>
/// <param name="CurrentValue">What margin is measured against now, in US dollars.</param>
/// <param name="InitialValue">The same without the loss.</param>
/// <param name="LossShare">The loss as a share of the initial value.</param>
/// <param name="RecoveryShare">The gain on the current value that would make up for it.</param>
public sealed record UnrealizedLoss(decimal UnrealizedPnl, decimal CurrentValue, decimal InitialValue, decimal LossShare, decimal RecoveryShare)
{
    /// <summary>The loss of a balance; null when its positions make none together, or when that or its equity is unknown.</summary>
    public static UnrealizedLoss? Of(Balance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        if (balance is not { UnrealizedPnl: { } pnl, Equity: { } current } || pnl >= 0)
        {
            return null;
        }

        var initial = current - pnl;
        return new(pnl, current, initial, initial > 0 ? -pnl / initial : 0, current > 0 ? -pnl / current : 0);
    }
}
