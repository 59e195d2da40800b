using NodaTime;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>What became of a report that was due, or will be.</summary>
/// <param name="Date">The business date.</param>
/// <param name="ReportType">The report.</param>
/// <param name="DueAt">When it is due; null when it is not made for this date.</param>
/// <param name="Run">Its newest execution; null when there is none.</param>
/// <param name="IsMissed">Whether it is overdue and nothing ran.</param>
public sealed record ScheduledReport(LocalDate Date, string ReportType, Instant? DueAt, ReportRun? Run, bool IsMissed);

/// <summary>
/// Lays the schedule beside what ran. A report counts as missed half an hour after it was due, and not before the first report that ever ran: nobody
/// misses what nobody had set up.
/// </summary>
public sealed class ReadSchedule(IJobStatistics statistics, TimeProvider clock)
{
    private static readonly Duration Grace = Duration.FromMinutes(30);

    /// <summary>The reports of the last so many business dates, the newest date first, those of a date in their order.</summary>
    public Task<IReadOnlyList<ScheduledReport>> ExecuteAsync(int days, CancellationToken cancellationToken)
    {
        var today = BusinessDate.Of(clock.GetInstant());
        return ReadAsync(today.PlusDays(1 - days), today, cancellationToken);
    }

    /// <summary>How often each report was missed in a stretch of time until now.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountMissedAsync(Duration window, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var reports = await ReadAsync(BusinessDate.Of(now - window), BusinessDate.Of(now), cancellationToken);
        return reports.Where(report => report.IsMissed && report.DueAt >= now - window).CountBy(report => report.ReportType).ToDictionary();
    }

    private async Task<IReadOnlyList<ScheduledReport>> ReadAsync(LocalDate first, LocalDate last, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var since = await statistics.FindFirstReportDateAsync(cancellationToken);
        var runs = (await statistics.ListReportRunsAsync(first, last, cancellationToken)).ToDictionary(run => (run.Date, run.ReportType));
        var reports = new List<ScheduledReport>();
        for (var date = last; date >= first; date = date.PlusDays(-1))
        {
            foreach (var type in ReportTypes.Scheduled)
            {
                var run = runs.GetValueOrDefault((date, type));
                var due = ReportTimes.DueAt(type, date);
                reports.Add(new(date, type, due, run, run is null && due + Grace <= now && date >= since));
            }
        }

        return reports;
    }
}
