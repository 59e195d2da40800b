namespace TraderHub.Core.Jobs.Analysis;

/// <summary>Which way a symbol is expected to go, and how sure that is.</summary>
/// <param name="Sentiment">One of <see cref="Sentiments"/>.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Direction">One of <see cref="Directions"/>.</param>
/// <param name="Reasoning">The same in a sentence.</param>
/// <param name="Signals">What the verdict follows from.</param>
public sealed record Verdict(string Sentiment, decimal Confidence, string Direction, string Reasoning, IReadOnlyList<Signal> Signals);

/// <summary>One of the things that a verdict follows from.</summary>
/// <param name="Type">What was looked at, such as <c>rsi_14</c>.</param>
/// <param name="Value">The number that was found; null when the candles do not reach back far enough.</param>
/// <param name="Vote">-1 speaks for down, 1 for up, 0 for neither; null when the number is unknown.</param>
/// <param name="Weight">How much the vote counts among the known ones.</param>
public sealed record Signal(string Type, decimal? Value, decimal? Vote, decimal Weight);

/// <summary>What a symbol got: a verdict, or the reason why there is none.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Verdict">The verdict; null when the symbol failed.</param>
/// <param name="Failure">The reason; null when there is a verdict.</param>
public sealed record SymbolVerdict(string Symbol, Verdict? Verdict, string? Failure);

/// <summary>The words for sentiments.</summary>
public static class Sentiments
{
    /// <summary>Prices are expected to rise.</summary>
    public const string Bullish = "bullish";

    /// <summary>Prices are expected to fall.</summary>
    public const string Bearish = "bearish";

    /// <summary>Neither.</summary>
    public const string Neutral = "neutral";
}

/// <summary>The words for directions.</summary>
public static class Directions
{
    /// <summary>Up.</summary>
    public const string Up = "up";

    /// <summary>Down.</summary>
    public const string Down = "down";

    /// <summary>Neither.</summary>
    public const string Neutral = "neutral";
}
