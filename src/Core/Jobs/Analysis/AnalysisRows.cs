using System.Text.Json;
using System.Text.Json.Nodes;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.Jobs.Reports;

namespace TraderHub.Core.Jobs.Analysis;

/// <summary>A day's analysis as an execution with a result per symbol, and back.</summary>
public static class AnalysisRows
{
    private const string RunPrefix = "kv:";

    private const string TriggerMode = "trigger_mode";

    private const string TimeUnknown = "time_unknown";

    /// <summary>The name of the run that a day's analysis is stored as.</summary>
    public static string RunIdOf(NodaTime.LocalDate date) => RunPrefix + AnalysisKey.Of(date);

    /// <summary>The execution of an analysis. One whose time was not written down stands where the day's morning report is due.</summary>
    public static NewJob ToJob(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var metadata = new JsonObject { [TriggerMode] = analysis.TriggerMode };
        if (analysis.AnalyzedAt is null)
        {
            metadata[TimeUnknown] = true;
        }

        return new(JobTypes.Analysis, analysis.Date, null, RunIdOf(analysis.Date), StatusOf(analysis), analysis.AnalyzedAt ?? ReportTimes.MorningOf(analysis.Date))
        {
            ExecutionTimeMs = analysis.DurationMs,
            Symbols = CountsOf(analysis),
            Errors = ErrorsOf(analysis),
            Metadata = metadata.ToJsonString(),
            TriggerSource = JobTriggers.KeyValue,
            Results = ToResults(analysis),
        };
    }

    /// <summary>The analysis of an execution and its results.</summary>
    public static DailyAnalysis FromRows(JobExecution execution, IReadOnlyList<JobResult> results)
    {
        ArgumentNullException.ThrowIfNull(execution);
        using var metadata = Parse(execution.Metadata);
        var root = metadata?.RootElement;
        return new(
            execution.ExecutionDate,
            [.. results.Where(result => result is { ResultType: ResultTypes.AnalysisDetail, Symbol: not null }).Select(SymbolOf)],
            root.Child(TimeUnknown) is null ? execution.ExecutedAt : null,
            root.Child(TriggerMode).Text(),
            execution.ExecutionTimeMs);
    }

    /// <summary>A result per symbol, failed ones too.</summary>
    public static IReadOnlyList<NewJobResult> ToResults(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return [.. analysis.Symbols.Select(symbol => new NewJobResult(ResultTypes.AnalysisDetail)
        {
            Symbol = symbol.Symbol,
            Sentiment = symbol.Sentiment,
            Confidence = (double?)symbol.Confidence,
            Direction = symbol.Direction,
            Reasoning = symbol.Reasoning,
            Signals = symbol.Signals,
        })];
    }

    /// <summary>Some symbols without a verdict make it partial, all of them failed.</summary>
    public static JobStatus StatusOf(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var usable = analysis.Symbols.Count(symbol => symbol.IsUsable);
        return usable == 0 ? JobStatus.Failed : usable < analysis.Symbols.Count ? JobStatus.Partial : JobStatus.Success;
    }

    /// <summary>How many symbols there are, and how many of them have a verdict.</summary>
    public static SymbolCounts CountsOf(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var usable = analysis.Symbols.Count(symbol => symbol.IsUsable);
        return new(analysis.Symbols.Count, usable, null, analysis.Symbols.Count - usable);
    }

    /// <summary>Why symbols failed.</summary>
    public static IReadOnlyList<string> ErrorsOf(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return [.. analysis.Symbols.Where(symbol => !symbol.IsUsable).Select(symbol => symbol.Reasoning ?? $"{symbol.Symbol} has no verdict.")];
    }

    private static AnalyzedSymbol SymbolOf(JobResult result) => new(
        result.Symbol!, result.Sentiment, (decimal?)result.Confidence, result.Direction, result.Reasoning, result.Signals);

    private static JsonDocument? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            // Metadata that another system wrote say nothing here.
            return null;
        }
    }
}
