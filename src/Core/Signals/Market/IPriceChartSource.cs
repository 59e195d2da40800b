using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Market;

/// <summary>Where the charts come from.</summary>
public interface IPriceChartSource
{
    /// <summary>A ticker's chart up to now. What the source left out is left out, never filled in.</summary>
    /// <exception cref="UpstreamException">The source did not give it; the message says why, fit for an answer.</exception>
    Task<PriceChart> ReadAsync(string ticker, CancellationToken cancellationToken);
}

/// <summary>A ticker's prices.</summary>
/// <param name="CurrentPrice">The last price.</param>
/// <param name="Bars">The days, oldest first; the present one may be missing.</param>
public sealed record PriceChart(double CurrentPrice, IReadOnlyList<PriceBar> Bars);

/// <summary>A day's prices.</summary>
public sealed record PriceBar(double Open, double High, double Low, double Close);
