using System.Text.Json;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Jobs.Migration;

/// <summary>
/// The analysis of a business date: <c>analysis_YYYY-MM-DD</c> and nothing behind it. It is read in five shapes and written in one. Its rows outlast the key,
/// which expires.
/// </summary>
public sealed class AnalysisEntity : IEntity<DailyAnalysis>
{
    /// <inheritdoc />
    public string Name => "jobs.analysis";

    /// <inheritdoc />
    public string Prefix => AnalysisKey.Prefix;

    /// <inheritdoc />
    public bool KeepsRows => true;

    /// <inheritdoc />
    public bool KeepsText => true;

    /// <inheritdoc />
    public bool Owns(string key) => AnalysisKey.DateOf(key) is not null;

    /// <inheritdoc />
    public Parsed<DailyAnalysis> Parse(string key, ReadOnlyMemory<byte> value)
    {
        var date = AnalysisKey.DateOf(key) ?? throw new ArgumentException($"'{key}' is the key of no analysis.", nameof(key));
        using var document = StrictJson.Parse(value, out var problem);
        if (document is null)
        {
            return Parsed.Failed<DailyAnalysis>(problem);
        }

        if (!StrictJson.IsStorable(document.RootElement))
        {
            return Parsed.Failed<DailyAnalysis>("The value has texts that cannot be stored.");
        }

        return AnalysisReader.Read(date, document.RootElement) is { } analysis
            ? Parsed.Of(analysis with { Symbols = [.. analysis.Symbols.Where(symbol => symbol.Symbol.Length > 0).Select(AsStored)] })
            : Parsed.Failed<DailyAnalysis>("The value is an analysis in none of the five shapes.");
    }

    /// <inheritdoc />
    public byte[] Render(DailyAnalysis value, IReadOnlyList<RejectedElement> rejected) => AnalysisWriter.Write(value);

    /// <summary>How many symbols a converted value has; null when it could not be read.</summary>
    public static int? CountSymbols(ReadOnlyMemory<byte> converted)
    {
        using var document = StrictJson.Parse(converted, out _);
        return document is { RootElement: var root }
            && root.Child("sentiment_signals") is { ValueKind: JsonValueKind.Object }
            && root.Child("symbols_analyzed") is { ValueKind: JsonValueKind.Array } symbols
            && StrictJson.IsStorable(root)
                ? symbols.GetArrayLength()
                : null;
    }

    /// <summary>The confidence to the digits that its column keeps.</summary>
    private static AnalyzedSymbol AsStored(AnalyzedSymbol symbol) => symbol with { Confidence = (decimal?)(double?)symbol.Confidence };
}
