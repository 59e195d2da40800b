using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Operations;

namespace TraderHub.Functions.Worktime;

/// <summary>The worktime module's schedules, in UTC. A missed run is caught up with at start.</summary>
public sealed class WorktimeTimers(
    Core.Worktime.Sessions.AbandonStaleSessions abandonStaleSessions, Core.Worktime.Statistics.CheckDailyStats checkDailyStats, CronJob cronJob)
{
    /// <summary>Every ten minutes: sessions that nothing was heard of.</summary>
    [Function(nameof(AbandonStaleSessions))]
    public Task AbandonStaleSessions([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        cronJob.RunAsync(nameof(AbandonStaleSessions), (_, token) => abandonStaleSessions.ExecuteAsync(token), cancellationToken);

    /// <summary>At night: whether the day totals are what the sessions come to.</summary>
    [Function(nameof(CheckDailyStats))]
    public Task CheckDailyStats([TimerTrigger("0 20 2 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        checkDailyStats.ExecuteAsync(cancellationToken);
}
