using TraderHub.Core.Jobs.Analysis;

namespace TraderHub.Core.Jobs.Reports;

/// <summary>Which way a verdict leans. Analysers wrote the same thing in many words; they are compared only here, and stored as they were written.</summary>
public static class Lean
{
    /// <summary>1 for up, -1 for down, 0 for neither; null when nothing is known.</summary>
    public static int? Of(string? word) => word?.ToUpperInvariant() switch
    {
        null => null,
        "BULLISH" or "UP" or "BUY" or "LONG" or "STRONG_BUY" or "WEAK_BUY" or "POSITIVE" => 1,
        "BEARISH" or "DOWN" or "SELL" or "SHORT" or "STRONG_SELL" or "WEAK_SELL" or "NEGATIVE" => -1,
        _ => 0,
    };

    /// <summary>The direction of a lean.</summary>
    public static string? ToDirection(int? lean) => lean switch { null => null, > 0 => Directions.Up, < 0 => Directions.Down, _ => Directions.Neutral };

    /// <summary>The sentiment of a lean.</summary>
    public static string? ToSentiment(int? lean) => lean switch { null => null, > 0 => Sentiments.Bullish, < 0 => Sentiments.Bearish, _ => Sentiments.Neutral };

    /// <summary>What most of several symbols lean to; null when none is known.</summary>
    public static string? Majority(IReadOnlyCollection<AnalyzedSymbol> usable)
    {
        ArgumentNullException.ThrowIfNull(usable);
        return usable.Count == 0 ? null : ToSentiment(Math.Sign(usable.Sum(symbol => Of(symbol.Sentiment) ?? 0)));
    }
}
