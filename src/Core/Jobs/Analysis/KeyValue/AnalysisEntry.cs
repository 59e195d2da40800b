using System.Text.Json;

namespace TraderHub.Core.Jobs.Analysis.KeyValue;

/// <summary>What the five shapes say of one symbol, in the order in which a more exact field wins over a plainer one.</summary>
internal static class AnalysisEntry
{
    /// <summary>A symbol's part; a symbol that was asked for and is not there has failed.</summary>
    public static AnalyzedSymbol Read(string symbol, JsonElement? entry, JsonElement? failure)
    {
        var analysis = entry.Child("sentiment_analysis");
        var layer = entry.Child("sentiment_layers").First();
        var nested = entry.Child("trading_signals");
        return new(
            symbol,
            analysis.Child("sentiment").Text()
                ?? layer.Child("sentiment").Text()
                ?? entry.Child("sentiment").Text()

                // The shapes without an analysis have a direction in its place; one with an analysis that has no sentiment has none.
                ?? (analysis is null ? entry.Child("direction").Text() : null),
            analysis.Child("confidence").Fraction()
                ?? entry.Child("confidence_metrics").Child("overall_confidence").Fraction()
                ?? entry.Child("enhanced_prediction").Child("confidence").Fraction()
                ?? entry.Child("confidence").Fraction()
                ?? layer.Child("confidence").Fraction(),
            nested.Child("primary_direction").Text() ?? entry.Child("direction").Text(),
            analysis.Child("reasoning").Text()
                ?? layer.Child("reasoning").Text()
                ?? entry.Child("reasoning").Text()
                ?? nested.Child("entry_signals").Child("reasoning").Text()
                ?? failure.Text(),
            (entry.Child("signals") ?? nested ?? analysis.Child("dual_ai_comparison") ?? entry.Child("technical_indicators")).Compact());
    }
}
