using System.Globalization;
using NodaTime;
using TraderHub.Core.Migration.Runs;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>The runs of a group, one step a call; a run that was begun later fences off those before.</summary>
internal sealed class ScheduledRuns(Schedule schedule) : IMigrationRuns
{
    private readonly List<MigrationRun> runs = [];

    public async Task<MigrationRun?> TryBeginAsync(
        string group, RunKind kind, string startedBy, Instant now, Instant diedBefore, CancellationToken cancellationToken)
    {
        await schedule.StepAsync();
        var run = new MigrationRun(runs.Count.ToString(CultureInfo.InvariantCulture), group, kind, runs.Count + 1, now, startedBy);
        runs.Add(run);
        return run;
    }

    public async Task SaveAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        await schedule.StepAsync();
        if (run.Fence != runs.Count)
        {
            throw new RunFencedException(run);
        }

        runs[^1] = run;
    }

    public Task<MigrationRun?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(runs.Find(run => run.Id == id));

    public Task<IReadOnlyList<MigrationRun>> ListAsync(string group, int atMost, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MigrationRun>>([.. runs.AsEnumerable().Reverse().Take(atMost)]);

    public Task<bool> TryCancelAsync(string id, Instant now, CancellationToken cancellationToken) => Task.FromResult(false);
}
