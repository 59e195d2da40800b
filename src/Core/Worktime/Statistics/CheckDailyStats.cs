using System.Globalization;
using TraderHub.Core.Operations;

namespace TraderHub.Core.Worktime.Statistics;

/// <summary>
/// Works out all day totals from the sessions again. They are kept with every change, so a difference is somebody's hand in the store or a fault of ours: it is
/// repaired, and told (rule V2).
/// </summary>
public sealed class CheckDailyStats(IWorktimeStatistics statistics, CronJob cronJob)
{
    private const int BatchSize = 500;

    /// <summary>Checks every developer's days.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => cronJob.RunAsync(nameof(CheckDailyStats), CheckAsync, cancellationToken);

    private async Task CheckAsync(CronRun run, CancellationToken cancellationToken)
    {
        var last = 0L;
        while (await statistics.ListDevelopersAsync(last, BatchSize, cancellationToken) is { Count: > 0 } developers)
        {
            foreach (var developer in developers)
            {
                await CheckAsync(developer, run, cancellationToken);
            }

            last = developers[^1];
        }
    }

    private async Task CheckAsync(long developer, CronRun run, CancellationToken cancellationToken)
    {
        // Looking holds nobody up. What it finds may be a change that was made meanwhile, so only the repair knows.
        var seen = await statistics.CompareAsync(developer, cancellationToken);
        var repaired = seen.Count == 0 ? seen : await statistics.RepairAsync(developer, cancellationToken);
        if (repaired.Count == 0)
        {
            run.Processed();
            return;
        }

        var first = repaired[0];
        run.Failed(string.Create(
            CultureInfo.InvariantCulture,
            $"developer {developer}: {repaired.Count} days were not what the sessions come to and were repaired; the first: {Describe(first.Stored)} instead of {Describe(first.Computed)}"));
    }

    private static string Describe(DayTotal? total) => total is null
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{total.RepoOwner}/{total.RepoName} {total.Date:uuuu-MM-dd} {total.Seconds} s in {total.Sessions}");
}
