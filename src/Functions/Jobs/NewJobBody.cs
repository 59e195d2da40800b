using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>An execution that a program outside has made. What is not known is left out, or null.</summary>
public sealed record NewJobBody
{
    /// <summary>What kind of job, such as `analysis`.</summary>
    public required string JobType { get; init; }

    /// <summary>The business date that it is for: New York's, such as `2026-11-20`.</summary>
    public required string ExecutionDate { get; init; }

    /// <summary>Which report it made; left out when none.</summary>
    public string? ReportType { get; init; }

    /// <summary>How it ended: success, partial or failed (`failure` is understood too).</summary>
    public required string Status { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long? ExecutionTimeMs { get; init; }

    /// <summary>How many symbols were asked for.</summary>
    public long? SymbolsProcessed { get; init; }

    /// <summary>How many succeeded; where results hold symbols, those with a verdict are counted instead.</summary>
    public long? SymbolsSuccessful { get; init; }

    /// <summary>How many have a verdict from a lesser source.</summary>
    public long? SymbolsFallback { get; init; }

    /// <summary>How many failed; where results hold symbols, it is counted instead.</summary>
    public long? SymbolsFailed { get; init; }

    /// <summary>What went wrong: a text, or a list of texts.</summary>
    public JsonText? Errors { get; init; }

    /// <summary>What else to keep: an object.</summary>
    public JsonText? Metadata { get; init; }

    /// <summary>What it found.</summary>
    public IReadOnlyList<NewResultBody>? Results { get; init; }
}

/// <summary>A result of such an execution.</summary>
public sealed record NewResultBody
{
    /// <summary>What it is: `analysis_detail` or `report_snapshot`.</summary>
    public required string ResultType { get; init; }

    /// <summary>The symbol that it is about; left out for a report.</summary>
    public string? Symbol { get; init; }

    /// <summary>How the market sees the symbol, such as `bullish`.</summary>
    public string? Sentiment { get; init; }

    /// <summary>How sure the verdict is, from 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Where the symbol is to go, such as `up`.</summary>
    public string? Direction { get; init; }

    /// <summary>Why.</summary>
    [MultiLine]
    public string? Reasoning { get; init; }

    /// <summary>What the verdict rests on: a list.</summary>
    public JsonText? Signals { get; init; }

    /// <summary>The report.</summary>
    public JsonText? ReportContent { get; init; }

    /// <summary>The report's page.</summary>
    [MultiLine]
    public string? HtmlSnapshot { get; init; }
}
