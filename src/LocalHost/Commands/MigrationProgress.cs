using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Sweeping;

namespace TraderHub.LocalHost.Commands;

/// <summary>How far a walk over a group's keys is: how fast, at which key, and until when as soon as it is known how many there are.</summary>
internal sealed class MigrationProgress(EntityGroup group, IKeyValueStore store, string title) : IProgress<MigrationRun>
{
    private MigrationRun? last;
    private long begun;
    private long seenBefore;
    private long total;

    public void Report(MigrationRun value)
    {
        if (Interlocked.CompareExchange(ref begun, TimeProvider.System.GetTimestamp(), 0) == 0)
        {
            seenBefore = value.Counters.Seen;
        }

        Volatile.Write(ref last, value);
    }

    /// <summary>Counts the keys, beside the walk over them.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        try
        {
            foreach (var prefix in WalkKeys.PrefixesOf(group))
            {
                await foreach (var _ in store.ListAllAsync(prefix, cancellationToken))
                {
                    count++;
                }
            }

            Volatile.Write(ref total, count);
        }
        catch (Exception exception) when (exception is KeyValueException or OperationCanceledException)
        {
            // Then nobody knows how many there are; the walk itself says what is wrong.
        }
    }

    public (string Title, double Share) Describe()
    {
        if (Volatile.Read(ref last) is not { } run)
        {
            return (title, 0);
        }

        var seconds = TimeProvider.System.GetElapsedTime(Volatile.Read(ref begun)).TotalSeconds;
        var rate = seconds > 0 ? (run.Counters.Seen - seenBefore) / seconds : 0;
        var keys = Volatile.Read(ref total);
        var left = keys > run.Counters.Seen && rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(keys - run.Counters.Seen) / rate:0} s left") : string.Empty;
        return (
            string.Create(CultureInfo.InvariantCulture, $"{title}: {run.Counters.Seen} keys, {rate:0}/s{left}, at {run.Checkpoint}"),
            keys > 0 ? Math.Min(1, (double)run.Counters.Seen / keys) : 0);
    }
}
