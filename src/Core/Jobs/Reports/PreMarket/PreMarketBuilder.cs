using System.Globalization;
using TraderHub.Core.Jobs.Analysis;

namespace TraderHub.Core.Jobs.Reports.PreMarket;

/// <summary>Makes the pre-market report of a day's analysis.</summary>
public static class PreMarketBuilder
{
    private const int Digits = 3;

    /// <summary>The report.</summary>
    public static PreMarketReport Build(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var usable = analysis.Symbols.Where(symbol => symbol.IsUsable).OrderByDescending(symbol => symbol.Confidence).ThenBy(symbol => symbol.Symbol, StringComparer.Ordinal).ToList();
        var high = usable.Where(symbol => symbol.Confidence > ReportThresholds.PreMarketHighConfidence).ToList();
        var failed = analysis.Symbols.Count - usable.Count;
        return new(
            Lean.Majority(usable),
            Percent.Mean([.. usable.Select(symbol => symbol.Confidence!.Value)]),
            Leaning(usable, 1).Count,
            Leaning(usable, -1).Count,
            Leaning(usable, 0).Count,
            failed,
            analysis.Symbols.Count,
            high.Count,
            [.. high.Take(ReportThresholds.PreMarketSignals).Select(symbol => new HighConfidenceSignal(symbol.Symbol, symbol.Sentiment!, Round(symbol.Confidence!.Value), symbol.Reasoning))],
            Calls(usable, 1),
            Calls(usable, -1),
            Insights(usable, high.Count, failed),
            [.. analysis.Symbols.Select(SignalOf)]);
    }

    private static List<AnalyzedSymbol> Leaning(List<AnalyzedSymbol> usable, int lean) => usable.FindAll(symbol => Lean.Of(symbol.Sentiment) == lean);

    private static List<string> Calls(List<AnalyzedSymbol> usable, int lean) =>
        [.. Leaning(usable, lean).Where(symbol => symbol.Confidence >= ReportThresholds.Call).Take(ReportThresholds.ListLength).Select(symbol => symbol.Symbol)];

    private static MorningSignal SignalOf(AnalyzedSymbol symbol) => symbol.IsUsable
        ? new(symbol.Symbol, symbol.Sentiment, Round(symbol.Confidence!.Value), symbol.Direction, "success", null, symbol.Reasoning)
        : new(symbol.Symbol, null, null, null, "failed", symbol.Reasoning, null);

    private static List<string> Insights(List<AnalyzedSymbol> usable, int high, int failed)
    {
        if (usable.Count == 0)
        {
            return ["No symbol has a verdict today."];
        }

        var strongest = usable[0];
        List<string> insights =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Leaning(usable, 1).Count} of {usable.Count} symbols lean bullish, {Leaning(usable, -1).Count} bearish."),
            string.Create(CultureInfo.InvariantCulture, $"{high} of them with high confidence; the surest is {strongest.Symbol} ({strongest.Sentiment}, {100 * strongest.Confidence:0} %)."),
        ];
        if (failed > 0)
        {
            insights.Add(string.Create(CultureInfo.InvariantCulture, $"{failed} symbols could not be analysed."));
        }

        return insights;
    }

    private static decimal Round(decimal confidence) => decimal.Round(confidence, Digits);
}
