using System.Text.Json.Serialization.Metadata;
using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Reports.PreMarket;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Reports.Reading;

/// <summary>Reads the report of exactly one business date. Another day's is never shown in its place, and nothing is made up (rule R10).</summary>
public sealed class ReadReport(IReportRuns runs, IJobRepository jobs, IAnalysisStore analyses, TimeProvider clock)
{
    /// <summary>The pre-market report, made of the day's analysis.</summary>
    public async Task<ReportView<PreMarketReport>> ReadPreMarketAsync(LocalDate date, CancellationToken cancellationToken)
    {
        var known = await runs.ListAsync(ReportTypes.PreMarket, date, date, cancellationToken);
        if (await analyses.FindAsync(date, cancellationToken) is not { } stored)
        {
            return Absent<PreMarketReport>(ReportTypes.PreMarket, date, known);
        }

        var generatedAt = stored.Analysis.AnalyzedAt;
        return Ready(ReportTypes.PreMarket, date, PreMarketBuilder.Build(stored.Analysis), known) with
        {
            GeneratedAt = generatedAt,
            IsStale = known.Count > 0 && !known[0].HasEndedWell() && !(known[0].ExecutedAt < generatedAt),
            Source = stored.Source,
        };
    }

    /// <summary>Any other report, as its last run that made one kept it.</summary>
    public async Task<ReportView<T>> ReadAsync<T>(string reportType, LocalDate date, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var known = await runs.ListAsync(reportType, date, date, cancellationToken);
        foreach (var run in known.Where(run => run.HasEndedWell()))
        {
            var results = await jobs.ListResultsAsync(run.Id, cancellationToken);
            if (ReportJson.Read(results.SnapshotContent(), type) is { } content)
            {
                return Ready(reportType, date, content, known) with { GeneratedAt = run.ExecutedAt, IsStale = !known[0].HasEndedWell() };
            }
        }

        return Absent<T>(reportType, date, known);
    }

    private static ReportView<T> Ready<T>(string reportType, LocalDate date, T content, IReadOnlyList<JobExecution> known)
        where T : class => new(reportType, date, ReportState.Ready, content) { DueAt = ReportTimes.DueAt(reportType, date), Run = known.Newest() };

    private ReportView<T> Absent<T>(string reportType, LocalDate date, IReadOnlyList<JobExecution> known)
        where T : class
    {
        var due = ReportTimes.DueAt(reportType, date);
        var holiday = reportType == ReportTypes.Weekly ? null : ExchangeCalendar.HolidayOn(date);
        var now = clock.GetInstant();
        var state = (known.Newest()?.Status, due) switch
        {
            (JobStatus.Running, _) => ReportState.InProgress,
            (JobStatus.Failed, _) => ReportState.Failed,
            _ when holiday is not null => ReportState.Holiday,
            (_, null) => ReportState.Closed,
            _ when now < due => ReportState.Scheduled,
            _ when date == BusinessDate.Of(now) => ReportState.NotReady,
            _ => ReportState.NoData,
        };
        return new(reportType, date, state, null) { Holiday = holiday, DueAt = due, Run = known.Newest() };
    }
}
