using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
        var work = new Work(group, options, new SweepPace(options.Rate, clock), progress);
        var reading = Task.FromResult<KeysToCopy?>(null);
        var doing = Task.FromResult(run);
        try
        {
            // While a part is done, the next one is listed and read.
            await foreach (var part in PartsAsync(work, run, cancellationToken))
            {
                reading = ReadAsync(part.Copied, cancellationToken);
                run = await doing;
                doing = DoAsync(work, part, reading, run, cancellationToken);
            }

            run = await doing;
            progress?.Report(run);
            return run;
        }
        finally
        {
            // Whatever ended the walk: what it has begun comes to its end before anybody is told.
            await Task.WhenAll(reading, doing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async IAsyncEnumerable<SweepPart> PartsAsync(Work work, MigrationRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var part = new SweepPart();
        await foreach (var key in walk.ExecuteAsync(work.Group, run.Checkpoint, cancellationToken))
        {
            part.Add(key, settle.FindTask(key, run.Kind, work.Options));
            if (part.Walked >= work.Pace.PartSize || part.Copied.Count >= work.Pace.BatchSize || part.Single.Count >= work.Pace.BatchSize)
            {
                yield return part;
                part = new SweepPart();
            }
        }

        if (part.Walked > 0)
        {
            yield return part;
        }
    }

    /// <summary>Reads keys to copy; null when the store keeps failing, so that each is settled by itself.</summary>
    private async Task<KeysToCopy?> ReadAsync(List<WalkedKey> keys, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= Tries; i++)
        {
            try
            {
                return await copy.ReadAsync(keys, cancellationToken);
            }
            catch (KeyValueException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << i), clock, cancellationToken);
            }
        }

        return null;
    }

    private async Task<MigrationRun> DoAsync(Work work, SweepPart part, Task<KeysToCopy?> reading, MigrationRun run, CancellationToken cancellationToken)
    {
        // The copies come last, as their transaction says that everything before is done.
        var counters = part.Counters.Plus(await SettleAsync(part.Single, run.Kind, cancellationToken));
        var next = run with { Checkpoint = part.LastKey, Counters = run.Counters.Plus(counters), UpdatedAt = clock.GetInstant() };
        next = await CopyAsync(work, part.Copied, await reading, next, cancellationToken);
        await work.Pace.WaitAsync(part.Walked, cancellationToken);
        work.Progress?.Report(next);
        return next;
    }

    /// <summary>Copies in one transaction; when that is refused each key alone, so that one does not keep the others back.</summary>
    private async Task<MigrationRun> CopyAsync(Work work, List<WalkedKey> keys, KeysToCopy? read, MigrationRun run, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            for (var i = 1; read is not null && i <= Tries; i++)
            {
                try
                {
                    return await work.Pace.MeasureAsync(() => copy.WriteAsync(read, run, cancellationToken));
                }
                catch (StorageConstraintException)
                {
                    break;
                }
                catch (StorageException) when (i < Tries)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50 << i), clock, cancellationToken);
                }
            }

            run = run with { Counters = run.Counters.Plus(await SettleAsync(keys, run.Kind, cancellationToken)) };
        }

        await work.Group.Runs.SaveAsync(run, cancellationToken);
        return run;
    }

    private async Task<RunCounters> SettleAsync(List<WalkedKey> keys, RunKind kind, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return new RunCounters();
        }

        var results = new ConcurrentBag<RunCounters>();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, token) => results.Add(await settle.ExecuteAsync(key, kind, token)));
        return results.Aggregate((one, other) => one.Plus(other));
    }

    /// <summary>What a walk is for, and how it is walked.</summary>
    private sealed record Work(EntityGroup Group, SweepOptions Options, SweepPace Pace, IProgress<MigrationRun>? Progress);
}
