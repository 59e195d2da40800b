using NodaTime;

namespace TraderHub.Core.Signals.Market;

/// <summary>Which market an index is of. One never stands in for the other.</summary>
public enum FearGreedMarket
{
    /// <summary>CNN's index of stocks, which the signals rest on.</summary>
    Stocks,

    /// <summary>alternative.me's index of crypto.</summary>
    Crypto,
}

/// <summary>A Fear &amp; Greed index as it was fetched.</summary>
/// <param name="Market">Which index it is.</param>
/// <param name="Rating">What the source calls it, such as <c>extreme fear</c>, in lower case.</param>
/// <param name="Score">The score, 0 to 100.</param>
/// <param name="FetchedAt">When it was fetched.</param>
/// <param name="IsStale">Whether it is from the cache because the source did not give a newer one.</param>
public sealed record FearGreedReading(FearGreedMarket Market, string Rating, double Score, Instant FetchedAt, bool IsStale)
{
    /// <summary>The score before; null when the source does not say.</summary>
    public double? PreviousClose { get; init; }

    /// <summary>The score a week ago.</summary>
    public double? PreviousWeek { get; init; }

    /// <summary>The score a month ago.</summary>
    public double? PreviousMonth { get; init; }

    /// <summary>The score a year ago.</summary>
    public double? PreviousYear { get; init; }

    /// <summary>Whether it says fear or extreme fear.</summary>
    public bool IsFear => Rating is "fear" or "extreme fear";
}
