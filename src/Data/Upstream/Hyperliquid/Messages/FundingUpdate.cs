namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>One of the answers to <c>userFunding</c>. The hash is zero today, so no key.</summary>
internal sealed record FundingUpdate(long Time, string Hash, FundingDelta Delta)
{
    /// <summary>What tells it from the trader's other payments.</summary>
    public object Identity() => (Time, Delta.Coin);
}

/// <summary>A payment of funding.</summary>
/// <param name="Coin">The market.</param>
/// <param name="Usdc">What came in; negative was paid.</param>
/// <param name="Szi">The position then; negative is short.</param>
/// <param name="FundingRate">The rate for the hour.</param>
/// <param name="NSamples">How many hours it sums up; null for one.</param>
internal sealed record FundingDelta(string Coin, decimal Usdc, decimal Szi, decimal FundingRate, int? NSamples = null);
