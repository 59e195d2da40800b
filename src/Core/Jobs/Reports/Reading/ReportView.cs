using NodaTime;

namespace TraderHub.Core.Jobs.Reports.Reading;

/// <summary>A report of exactly one business date, or the truth about why there is none (rule R10).</summary>
/// <param name="ReportType">Which report.</param>
/// <param name="Date">The business date; of weekly reports the Sunday.</param>
/// <param name="State">What there is.</param>
/// <param name="Content">The report; null unless it is ready.</param>
/// <typeparam name="T">The report's shape.</typeparam>
public sealed record ReportView<T>(string ReportType, LocalDate Date, ReportState State, T? Content)
    where T : class
{
    /// <summary>The holiday's name.</summary>
    public string? Holiday { get; init; }

    /// <summary>When it is, or was, due.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>When what it rests on was made; null without it.</summary>
    public Instant? GeneratedAt { get; init; }

    /// <summary>Whether a later run of the same report and date has not ended well: what is shown is from before it.</summary>
    public bool IsStale { get; init; }

    /// <summary>The newest run; null when there was none.</summary>
    public JobExecution? Run { get; init; }

    /// <summary>Where it was read.</summary>
    public string Source { get; init; } = Analysis.DataSources.Sql;
}
