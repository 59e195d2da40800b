using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Sweeping;

/// <summary>Does with one key of a walk what the run is for.</summary>
public sealed class SettleKey(HeadedStore heads, Reconcile reconcile, HandOver handOver, HandBack handBack, ForgetKey forget, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>What a run has to do with a key, as far as the lists tell.</summary>
    public SweepTask FindTask(WalkedKey key, RunKind kind, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        var isSqlOwned = (key.Head ?? key.Sync.State).IsOwnedBySql || key.Sync.State.IsOwnedBySql;
        var isWanted = kind switch
        {
            RunKind.HandOver => key.Head is not { IsOwnedBySql: true } || !key.Sync.State.IsOwnedBySql,
            RunKind.HandBack => isSqlOwned,
            _ => false,
        };
        if (isWanted)
        {
            return kind != RunKind.HandOver || KeyShare.Of(key.Key.Name) < options.Percent ? SweepTask.Settle : SweepTask.None;
        }

        if (key.IsSettled)
        {
            return key.Sync.State.HasExpiredAt(clock.GetInstant()) || forget.MayForget(key.Sync.State) ? SweepTask.Settle : SweepTask.None;
        }

        // What the key-value store owns by both accounts is copied with others; whatever else is between the two is looked at by itself.
        var isCopied = kind == RunKind.Backfill && key.IsInKv && !isSqlOwned && !key.IsForked
            && (key.Head is { } head ? head.Term >= key.Sync.State.Term && !head.HasExpiredAt(clock.GetInstant()) : key.Sync.State.Term == 0);
        return isCopied ? SweepTask.Copy : SweepTask.Settle;
    }

    /// <summary>Does it; a store that keeps failing leaves the key unsettled, and the walk goes on.</summary>
    public async Task<RunCounters> ExecuteAsync(WalkedKey key, RunKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (var i = 1; ; i++)
        {
            try
            {
                var counters = await TryAsync(key, kind, cancellationToken);
                if (counters.Unsettled == 0 || i == Tries)
                {
                    return counters;
                }
            }
            catch (Exception exception) when (exception is KeyValueException or StorageException)
            {
                if (i == Tries)
                {
                    return new() { Seen = 1, Unsettled = 1 };
                }
            }

            // Others write the key at this moment, or a store does not answer: a little later it is quieter.
            await Task.Delay(TimeSpan.FromMilliseconds(10 << Math.Min(i, 6)), clock, cancellationToken);
        }
    }

    private async Task<RunCounters> TryAsync(WalkedKey walked, RunKind kind, CancellationToken cancellationToken)
    {
        var key = walked.Key;
        if (kind == RunKind.HandBack)
        {
            await handBack.ExecuteAsync(key, cancellationToken);
            return new() { Seen = 1, Moved = 1 };
        }

        var outcome = await reconcile.ExecuteAsync(key, comparesValues: false, cancellationToken);
        if (kind == RunKind.HandOver && outcome is not (Reconciliation.Failed or Reconciliation.Mismatch or Reconciliation.Diverged))
        {
            return await HandOverAsync(key, cancellationToken);
        }

        if (outcome == Reconciliation.Settled && forget.MayForget(walked.Sync.State))
        {
            return new() { Seen = 1, Deleted = await forget.ExecuteAsync(key, cancellationToken) ? 1 : 0 };
        }

        return CountersOf(outcome);
    }

    private async Task<RunCounters> HandOverAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var copy = await heads.ReadAsync(key.Name, cancellationToken);
            if (!copy.HasHead && copy.StoreVersion is null)
            {
                return new() { Seen = 1, Unchanged = 1 };
            }

            if (await handOver.ExecuteAsync(key, copy, cancellationToken))
            {
                return new() { Seen = 1, Moved = 1 };
            }
        }

        return new() { Seen = 1, Unsettled = 1 };
    }

    private static RunCounters CountersOf(Reconciliation outcome) => outcome switch
    {
        Reconciliation.Settled => new() { Seen = 1, Unchanged = 1 },
        Reconciliation.Applied => new() { Seen = 1, Copied = 1 },
        Reconciliation.Mirrored => new() { Seen = 1, Mirrored = 1 },
        Reconciliation.HandedOver or Reconciliation.HandedBack => new() { Seen = 1, Moved = 1 },
        Reconciliation.Failed => new() { Seen = 1, Failed = 1 },
        Reconciliation.Mismatch or Reconciliation.Diverged => new() { Seen = 1, Mismatched = 1 },
        _ => new() { Seen = 1, Unsettled = 1 },
    };
}
