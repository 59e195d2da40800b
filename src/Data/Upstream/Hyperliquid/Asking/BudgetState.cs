namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>How the budget stands.</summary>
/// <param name="Limit">The weight that a minute may hold.</param>
/// <param name="Used">What of it is used now.</param>
/// <param name="WaitingCallers">How many questions wait that somebody waits for.</param>
/// <param name="WaitingInBackground">How many others wait.</param>
internal sealed record BudgetState(int Limit, int Used, int WaitingCallers, int WaitingInBackground)
{
    /// <summary>What may still be asked at once; never below 0, also while more was used than was put down.</summary>
    public int Left => Math.Max(0, Limit - Used);
}
