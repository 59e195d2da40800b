using System.Collections.Concurrent;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Sweeping;

/// <summary>
/// Walks a group's keys and does with each what the run is for. Its checkpoint stands in the transaction of what it did, so that a run that was killed goes on where it
/// was; a bad record costs only itself.
/// </summary>
public sealed class Sweep(WalkKeys walk, CopyKeys copy, SettleKey settle, TimeProvider clock)
{
    private const int MostWalked = 1000;

    private const int AtOnce = 8;

    private const int Tries = 5;

    /// <summary>Walks from the run's checkpoint to the end.</summary>
    /// <param name="group">The group.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each part.</param>
    /// <param name="cancellationToken">Ends it after a part; another run goes on there.</param>
    /// <exception cref="KeyValueException">The key-value store cannot be listed.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    /// <exception cref="RunFencedException">The run was ended from outside.</exception>
    public async Task<MigrationRun> ExecuteAsync(
        EntityGroup group, MigrationRun run, SweepOptions options, IProgress<MigrationRun>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        var pace = new SweepPace(options.Rate, clock);
        var part = new SweepPart();
        await foreach (var key in walk.ExecuteAsync(group, run.Checkpoint, cancellationToken))
        {
            part.Add(key, settle.FindTask(key, run.Kind, options));
            if (part.Walked >= MostWalked || part.Copied.Count >= pace.BatchSize || part.Single.Count >= pace.BatchSize)
            {
                run = await DoAsync(group, part, run, options, pace, cancellationToken);
                progress?.Report(run);
                part = new SweepPart();
            }
        }

        run = part.Walked > 0 ? await DoAsync(group, part, run, options, pace, cancellationToken) : run;
        progress?.Report(run);
        return run;
    }

    private async Task<MigrationRun> DoAsync(
        EntityGroup group, SweepPart part, MigrationRun run, SweepOptions options, SweepPace pace, CancellationToken cancellationToken)
    {
        // The copies come last, as their transaction says that everything before is done.
        var counters = part.Counters.Plus(await SettleAsync(part.Single, run.Kind, options, cancellationToken));
        var next = run with { Checkpoint = part.LastKey, UpdatedAt = clock.GetInstant() };
        if (options.IsDryRun)
        {
            return next with { Counters = run.Counters.Plus(counters).Plus(await copy.CountAsync(part.Copied, cancellationToken)) };
        }

        next = await pace.MeasureAsync(() => CopyAsync(group, part.Copied, next with { Counters = run.Counters.Plus(counters) }, options, cancellationToken));
        await pace.WaitAsync(part.Walked, cancellationToken);
        return next;
    }

    /// <summary>Copies in one transaction; when that is refused each key alone, so that one does not keep the others back.</summary>
    private async Task<MigrationRun> CopyAsync(
        EntityGroup group, List<WalkedKey> keys, MigrationRun run, SweepOptions options, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            for (var i = 1; i <= Tries; i++)
            {
                try
                {
                    return await copy.ExecuteAsync(keys, run, cancellationToken);
                }
                catch (StorageConstraintException)
                {
                    break;
                }
                catch (Exception exception) when (exception is KeyValueException || (exception is StorageException && i < Tries))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50 << i), clock, cancellationToken);
                }
            }

            run = run with { Counters = run.Counters.Plus(await SettleAsync(keys, run.Kind, options, cancellationToken)) };
        }

        await group.Runs.SaveAsync(run, cancellationToken);
        return run;
    }

    private async Task<RunCounters> SettleAsync(List<WalkedKey> keys, RunKind kind, SweepOptions options, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return new RunCounters();
        }

        var results = new ConcurrentBag<RunCounters>();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, token) => results.Add(await settle.ExecuteAsync(key, kind, options, token)));
        return results.Aggregate((one, other) => one.Plus(other));
    }
}
