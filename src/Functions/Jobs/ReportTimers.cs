using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Operations;

namespace TraderHub.Functions.Jobs;

/// <summary>The jobs module's schedules, in UTC. New York's business date decides what they make, so a run missed on one date is never made up on another.</summary>
public sealed class ReportTimers(RunScheduledReport runReport, Core.Jobs.MarkStalledJobs markStalledJobs, CronJob cronJob)
{
    /// <summary>On weekdays before the open; a missed run is made up for on the same business date.</summary>
    [Function(nameof(PreMarketBriefing))]
    public Task PreMarketBriefing([TimerTrigger("0 30 12 * * 1-5")] TimerInfo timer, CancellationToken cancellationToken) =>
        runReport.ExecuteAsync(ReportTypes.PreMarket, nameof(PreMarketBriefing), cancellationToken);

    /// <summary>On weekdays at midday; makes up for a morning that was missed.</summary>
    [Function(nameof(IntradayCheck))]
    public Task IntradayCheck([TimerTrigger("0 0 16 * * 1-5")] TimerInfo timer, CancellationToken cancellationToken) =>
        runReport.ExecuteAsync(ReportTypes.Intraday, nameof(IntradayCheck), cancellationToken);

    /// <summary>On weekdays, offered twice: it does nothing before New York's close and five minutes, or when it is done.</summary>
    [Function(nameof(EndOfDaySummary))]
    public Task EndOfDaySummary([TimerTrigger("0 5 20,21 * * 1-5")] TimerInfo timer, CancellationToken cancellationToken) =>
        runReport.ExecuteAsync(ReportTypes.EndOfDay, nameof(EndOfDaySummary), cancellationToken);

    /// <summary>On Sundays, over the week that ends.</summary>
    [Function(nameof(WeeklyReview))]
    public Task WeeklyReview([TimerTrigger("0 0 14 * * 0")] TimerInfo timer, CancellationToken cancellationToken) =>
        runReport.ExecuteAsync(ReportTypes.Weekly, nameof(WeeklyReview), cancellationToken);

    /// <summary>Every ten minutes; a missed run is left out.</summary>
    [Function(nameof(MarkStalledJobs))]
    public Task MarkStalledJobs([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => timer?.IsPastDue is true
        ? Task.CompletedTask
        : cronJob.RunAsync(nameof(MarkStalledJobs), (_, token) => markStalledJobs.ExecuteAsync(token), cancellationToken);
}
