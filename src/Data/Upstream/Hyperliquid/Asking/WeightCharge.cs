namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>The right to send one question. Without an answer that says otherwise it has weighed what was put down for it.</summary>
internal sealed class WeightCharge(WeightBudget budget, int reserved, string? account, bool isPaced) : IDisposable
{
    private bool isSettled;

    /// <summary>The question has ended, and weighed this: less than was put down is given back, more is a debt that others wait for.</summary>
    public void Settle(int weight)
    {
        if (!isSettled)
        {
            isSettled = true;
            budget.Settle(reserved, weight, account, isPaced);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Settle(reserved);
}
