namespace TraderHub.Core.Jobs;

/// <summary>What a result of an execution is.</summary>
public static class ResultTypes
{
    /// <summary>The verdict on a symbol.</summary>
    public const string AnalysisDetail = "analysis_detail";

    /// <summary>A report as it was at the time.</summary>
    public const string ReportSnapshot = "report_snapshot";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [AnalysisDetail, ReportSnapshot];
}

/// <summary>A result to store. What is not known is null (rule J3).</summary>
/// <param name="ResultType">One of <see cref="ResultTypes"/>.</param>
public sealed record NewJobResult(string ResultType)
{
    /// <summary>The symbol that it is about; null for a report.</summary>
    public string? Symbol { get; init; }

    /// <summary>How the market sees it, such as <c>bullish</c>.</summary>
    public string? Sentiment { get; init; }

    /// <summary>How sure the verdict is, from 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Where it is to go, such as <c>up</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Why, for a reader.</summary>
    public string? Reasoning { get; init; }

    /// <summary>What the verdict rests on, as JSON.</summary>
    public string? Signals { get; init; }

    /// <summary>A report's content, as JSON.</summary>
    public string? ReportContent { get; init; }

    /// <summary>A report's page.</summary>
    public string? HtmlSnapshot { get; init; }

    /// <summary>Whether it says anything about its symbol.</summary>
    public bool HasVerdict => Sentiment is not null || Direction is not null || Confidence is not null;
}

/// <summary>A stored result.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ResultType">One of <see cref="ResultTypes"/>.</param>
/// <param name="Symbol">The symbol that it is about; null for a report.</param>
/// <param name="Sentiment">How the market sees it.</param>
/// <param name="Confidence">How sure the verdict is, from 0 to 1.</param>
/// <param name="Direction">Where it is to go.</param>
/// <param name="Reasoning">Why, for a reader.</param>
/// <param name="Signals">What the verdict rests on, as JSON.</param>
/// <param name="ReportContent">A report's content, as JSON.</param>
/// <param name="HtmlSnapshot">A report's page.</param>
/// <param name="CreatedAt">When it was stored, as text in UTC.</param>
public sealed record JobResult(
    long Id,
    string ResultType,
    string? Symbol,
    string? Sentiment,
    double? Confidence,
    string? Direction,
    string? Reasoning,
    string? Signals,
    string? ReportContent,
    string? HtmlSnapshot,
    string? CreatedAt);
