using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Data.Upstream.FearGreed;

/// <summary>CNN's index of stocks. To a caller that it takes for a program it may answer 418 or a page; that is a refusal like any other.</summary>
internal sealed class CnnIndex(HttpClient http, FearGreedOptions options, TimeProvider clock, ILogger<CnnIndex> logger) : IDisposable
{
    private readonly JsonUpstream upstream = new("CNN", http, clock, logger);

    private readonly Uri address = new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/index/fearandgreed/current");

    /// <exception cref="UpstreamException">It cannot be read.</exception>
    public Task<FearGreedReading> ReadAsync(CancellationToken cancellationToken) => upstream.AskAsync(
        "index of stocks",
        address,
        retries: true,
        answer => IndexShape.Read(FearGreedMarket.Stocks, answer, clock.GetInstant())
            ?? throw upstream.BadAnswer("answered no score from 0 to 100, or no rating."),
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => upstream.Dispose();
}
