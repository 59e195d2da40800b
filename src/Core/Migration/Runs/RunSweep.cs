using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Runs;

/// <summary>Runs a sweep as a run that is noted: one of a group at a time, gone on with when it was killed.</summary>
public sealed class RunSweep(Sweep sweep, TimeProvider clock)
{
    /// <summary>How long a run may be silent before it is taken for dead.</summary>
    public static readonly Duration LivesFor = Duration.FromSeconds(30);

    /// <summary>Begins a run; a refusal while another one of the group lives that somebody has asked for.</summary>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<Result<MigrationRun>> BeginAsync(EntityGroup group, RunKind kind, string startedBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        do
        {
            var now = clock.GetInstant();
            if (await group.Runs.TryBeginAsync(group.Name, kind, startedBy, now, now - LivesFor, cancellationToken) is { } run)
            {
                return run;
            }
        }
        while (startedBy != MigrationRun.ByItself && await TryEndMinutesRunAsync(group, cancellationToken));

        return new Error(
            ErrorKind.Conflict,
            "RUN_ACTIVE",
            $"Another run of '{group.Name}' is under way. Wait for its end, or pause it; one whose process has died is gone on with {LivesFor.TotalSeconds:0} seconds after its last step.");
    }

    /// <summary>Begins a run, and walks it to its end.</summary>
    public async Task<Result<MigrationRun>> ExecuteAsync(
        EntityGroup group, RunKind kind, string startedBy, SweepOptions options, IProgress<MigrationRun>? progress, CancellationToken cancellationToken)
    {
        var begun = await BeginAsync(group, kind, startedBy, cancellationToken);
        return begun.Error is null ? await ExecuteAsync(group, begun.Value, options, progress, cancellationToken) : begun;
    }

    /// <summary>Walks a run to its end.</summary>
    /// <exception cref="RunFencedException">It was ended from outside.</exception>
    public async Task<MigrationRun> ExecuteAsync(
        EntityGroup group, MigrationRun run, SweepOptions options, IProgress<MigrationRun>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(run);
        var last = new LastRun(run, progress);
        try
        {
            run = await sweep.ExecuteAsync(group, run, options, last, cancellationToken);
            return await EndAsync(group.Runs, run with { Status = RunStatus.Completed }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not RunFencedException)
        {
            // Whatever ended it is told to who waits for the run; the cause goes on to the caller.
            var status = exception is OperationCanceledException ? RunStatus.Cancelled : RunStatus.Failed;
            await TryEndAsync(group.Runs, last.Value with { Status = status, Error = exception.Message });
            throw;
        }
    }

    /// <summary>Ends the run that nobody has asked for, which another minute goes on with; false when it is not such a run that is in the way.</summary>
    private async Task<bool> TryEndMinutesRunAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        if (await group.Runs.ListAsync(group.Name, 1, cancellationToken) is not [{ StartedBy: MigrationRun.ByItself } last])
        {
            return false;
        }

        // One that has ended meanwhile is not in the way either.
        await group.Runs.TryCancelAsync(last.Id, clock.GetInstant(), cancellationToken);
        return true;
    }

    private async Task<MigrationRun> EndAsync(IMigrationRuns runs, MigrationRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var ended = run with { EndedAt = now, UpdatedAt = now };
        await runs.SaveAsync(ended, cancellationToken);
        return ended;
    }

    private async Task TryEndAsync(IMigrationRuns runs, MigrationRun run)
    {
        try
        {
            await EndAsync(runs, run, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or RunFencedException)
        {
            // It is taken for dead after a while.
        }
    }

    private sealed class LastRun(MigrationRun first, IProgress<MigrationRun>? progress) : IProgress<MigrationRun>
    {
        public MigrationRun Value { get; private set; } = first;

        public void Report(MigrationRun value)
        {
            Value = value;
            progress?.Report(value);
        }
    }
}
