using TraderHub.Core.Signals.Market;

namespace TraderHub.Data.Upstream.FearGreed;

/// <summary>Stocks from CNN, crypto from alternative.me (rule F20).</summary>
internal sealed class FearGreedSource(CnnIndex stocks, CryptoIndex crypto) : IFearGreedSource
{
    public Task<FearGreedReading> ReadAsync(FearGreedMarket market, CancellationToken cancellationToken) =>
        market == FearGreedMarket.Crypto ? crypto.ReadAsync(cancellationToken) : stocks.ReadAsync(cancellationToken);
}
