using System.Text;
using System.Text.Json.Nodes;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Analysis.KeyValue;

/// <summary>
/// Writes a day's analysis in shape A, which its older readers know, with three fields more: a symbol's <c>direction</c> and <c>signals</c>, and the
/// <c>failures</c> of symbols that have no entry. What <see cref="AnalysisReader"/> reads of it is the same analysis.
/// </summary>
public static class AnalysisWriter
{
    /// <summary>The value of the day's key.</summary>
    public static byte[] Write(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var entries = new JsonObject();
        var failures = new JsonObject();
        foreach (var symbol in analysis.Symbols)
        {
            if (HasEntry(symbol))
            {
                entries[symbol.Symbol] = EntryOf(symbol, analysis.AnalyzedAt?.ToIso());
            }
            else if (symbol.Reasoning is not null)
            {
                failures[symbol.Symbol] = symbol.Reasoning;
            }
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["sentiment_signals"] = entries,
            ["analysis_time"] = analysis.AnalyzedAt?.ToIso(),
            ["trigger_mode"] = analysis.TriggerMode,
            ["symbols_analyzed"] = new JsonArray([.. analysis.Symbols.Select(symbol => JsonValue.Create(symbol.Symbol))]),
            ["failures"] = failures,
            ["dual_ai_statistics"] = new JsonObject { ["total_symbols"] = analysis.Symbols.Count, ["errors"] = analysis.Symbols.Count(symbol => !symbol.IsUsable) },
            ["execution_metrics"] = new JsonObject { ["total_time_ms"] = analysis.DurationMs, ["analysis_enabled"] = true },
        }.ToJsonString());
    }

    /// <summary>A symbol of which nothing but the reason of its failure is known has no entry: that is how readers of this shape know it.</summary>
    private static bool HasEntry(AnalyzedSymbol symbol) =>
        symbol.Sentiment is not null || symbol.Confidence is not null || symbol.Direction is not null || symbol.Signals is not null;

    private static JsonObject EntryOf(AnalyzedSymbol symbol, string? at) => new()
    {
        ["symbol"] = symbol.Symbol,
        ["sentiment_analysis"] = new JsonObject
        {
            ["sentiment"] = symbol.Sentiment,
            ["confidence"] = symbol.Confidence,
            ["reasoning"] = symbol.Reasoning,
        },
        ["direction"] = symbol.Direction,
        ["signals"] = symbol.Signals is null ? null : JsonNode.Parse(symbol.Signals),
        ["timestamp"] = at,
    };
}
