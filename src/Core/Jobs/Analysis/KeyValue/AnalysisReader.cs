using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace TraderHub.Core.Jobs.Analysis.KeyValue;

/// <summary>
/// Reads what stands under an <see cref="AnalysisKey"/>. Five shapes were written over time; they are told apart by what is in them, never by who wrote them
/// (rule R6): A has <c>sentiment_signals</c>; B, C and D have <c>trading_signals</c>; the fifth has the symbols beside everything else.
/// </summary>
public static class AnalysisReader
{
    private static readonly string[] TimeFields = ["analysis_time", "last_updated", "generated_at", "timestamp"];

    /// <summary>The analysis in a value; null when it is none of the five shapes.</summary>
    public static DailyAnalysis? Read(LocalDate date, ReadOnlyMemory<byte> value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return Read(date, document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The analysis in JSON that was read already; null when it is none of the five shapes.</summary>
    internal static DailyAnalysis? Read(LocalDate date, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var requested = root.Child("symbols_analyzed").Strings();
        var entries = root.Child("sentiment_signals") ?? root.Child("trading_signals");
        if (entries is not { ValueKind: JsonValueKind.Object } signals)
        {
            if (requested.Count == 0)
            {
                return null;
            }

            signals = root;
        }

        // What was analysed without having been asked for is kept too; at the top level other fields stand beside the symbols.
        var symbols = signals.Equals(root) ? requested : requested.Union(signals.EnumerateObject().Select(entry => entry.Name));
        return new(
            date,
            [.. symbols.Distinct().Select(symbol => AnalysisEntry.Read(symbol, signals.Child(symbol), root.Child("failures").Child(symbol)))],
            TimeFields.Select(field => Time(root.Child(field).Text())).FirstOrDefault(time => time is not null),
            root.Child("trigger_mode").Text() ?? root.Child("pre_market_analysis").Child("trigger_mode").Text(),
            root.Child("execution_metrics").Child("total_time_ms").Whole() ?? root.Child("pre_market_analysis").Child("execution_time_ms").Whole());
    }

    /// <summary>To the millisecond, which is what is stored and written.</summary>
    private static Instant? Time(string? text) => text is not null && InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var time }
        ? Instant.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())
        : null;
}
