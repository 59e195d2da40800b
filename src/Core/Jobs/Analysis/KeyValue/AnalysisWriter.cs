using System.Buffers;
using System.Text.Json;
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
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, analysis, analysis.AnalyzedAt?.ToIso());
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, DailyAnalysis analysis, string? at)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("sentiment_signals");
        foreach (var symbol in analysis.Symbols.Where(HasEntry))
        {
            WriteEntry(writer, symbol, at);
        }

        writer.WriteEndObject();
        writer.WriteString("analysis_time", at);
        writer.WriteString("trigger_mode", analysis.TriggerMode);
        writer.WriteStartArray("symbols_analyzed");
        foreach (var symbol in analysis.Symbols)
        {
            writer.WriteStringValue(symbol.Symbol);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("failures");
        foreach (var symbol in analysis.Symbols.Where(symbol => !HasEntry(symbol) && symbol.Reasoning is not null))
        {
            writer.WriteString(symbol.Symbol, symbol.Reasoning);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("dual_ai_statistics");
        writer.WriteNumber("total_symbols", analysis.Symbols.Count);
        writer.WriteNumber("errors", analysis.Symbols.Count(symbol => !symbol.IsUsable));
        writer.WriteEndObject();
        writer.WriteStartObject("execution_metrics");
        WriteNumber(writer, "total_time_ms", analysis.DurationMs);
        writer.WriteBoolean("analysis_enabled", true);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A symbol of which nothing but the reason of its failure is known has no entry: that is how readers of this shape know it.</summary>
    private static bool HasEntry(AnalyzedSymbol symbol) =>
        symbol.Sentiment is not null || symbol.Confidence is not null || symbol.Direction is not null || symbol.Signals is not null;

    private static void WriteEntry(Utf8JsonWriter writer, AnalyzedSymbol symbol, string? at)
    {
        writer.WriteStartObject(symbol.Symbol);
        writer.WriteString("symbol", symbol.Symbol);
        writer.WriteStartObject("sentiment_analysis");
        writer.WriteString("sentiment", symbol.Sentiment);
        WriteNumber(writer, "confidence", symbol.Confidence);
        writer.WriteString("reasoning", symbol.Reasoning);
        writer.WriteEndObject();
        writer.WriteString("direction", symbol.Direction);
        writer.WritePropertyName("signals");
        if (symbol.Signals is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            using var signals = JsonDocument.Parse(symbol.Signals);
            signals.RootElement.WriteTo(writer);
        }

        writer.WriteString("timestamp", at);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, decimal? number)
    {
        if (number is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
