using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Verification;

/// <summary>
/// Compares a key's two copies by their values. Copies of different versions are brought together first, so that a key that is written meanwhile is no
/// disagreement; copies of one version that differ are one at any age (rule M31).
/// </summary>
public sealed class CompareKey(HeadedStore heads, Reconcile reconcile, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>
    /// Compares keys, of which nearly all are the same, with one read of each store; those that are not are looked at one by one. Where SQL alone counts, or nothing
    /// was copied yet, nothing is written.
    /// </summary>
    internal async Task<IReadOnlyList<KeyCheck>> ExecuteAsync(IReadOnlyList<WalkedKey> keys, StageDocument stage, CancellationToken cancellationToken)
    {
        var checks = await CheckAsync(keys, stage, cancellationToken);
        for (var i = 0; i < keys.Count; i++)
        {
            checks[i] = checks[i] is { Finding: KeyFinding.Same } same ? same : await ExecuteAsync(keys[i], stage, cancellationToken);
        }

        return checks!;
    }

    /// <summary>Looks at keys together; null stands for those that cannot be compared so.</summary>
    private async Task<KeyCheck?[]> CheckAsync(IReadOnlyList<WalkedKey> keys, StageDocument stage, CancellationToken cancellationToken)
    {
        try
        {
            var isSqlOnly = stage.IsSqlOnly && !stage.IsReturning;
            var synced = await keys[0].Key.Group.Sql.ReadManyAsync([.. keys.Select(key => key.Key)], cancellationToken);
            var copies = isSqlOnly ? null : await heads.ReadManyAsync([.. keys.Select(key => key.Key.Name)], cancellationToken);
            return
            [
                .. keys.Select((key, i) => copies is null ? CheckRows(key, synced[i])
                    : copies.TryGetValue(key.Key.Name, out var copy) ? Check(key, synced[i], copy)
                    : null),
            ];
        }
        catch (Exception exception) when (exception is KeyValueException or StorageException)
        {
            // One by one they are tried again.
            return new KeyCheck?[keys.Count];
        }
    }

    /// <summary>Compares a key; where SQL alone counts, or nothing was copied yet, nothing is written.</summary>
    private async Task<KeyCheck> ExecuteAsync(WalkedKey walked, StageDocument stage, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                var check = await CheckAsync(walked, stage, cancellationToken);
                if (check.Finding is not (KeyFinding.Unsettled or KeyFinding.Missing or KeyFinding.Extra) || !stage.Copies || i > Tries)
                {
                    return check;
                }

                await reconcile.ExecuteAsync(walked.Key, comparesValues: false, cancellationToken);
            }
            catch (Exception exception) when (i <= Tries && exception is KeyValueException or StorageException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(25 << i), clock, cancellationToken);
            }
        }
    }

    private async Task<KeyCheck> CheckAsync(WalkedKey walked, StageDocument stage, CancellationToken cancellationToken)
    {
        var key = walked.Key;
        var synced = await key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);
        if (stage.IsSqlOnly && !stage.IsReturning)
        {
            return CheckRows(walked, synced);
        }

        var copy = await heads.ReadAsync(key.Name, cancellationToken);
        return copy.StoreVersion is null && synced.Sync == SyncState.Unknown ? new(walked, KeyFinding.Gone) : Check(walked, synced, copy);
    }

    private KeyCheck Check(WalkedKey walked, SyncedKey synced, KeyCopy copy)
    {
        var key = walked.Key;
        var isInKv = copy.State.DeletedAt is null;
        if (isInKv && copy.State.HasExpiredAt(clock.GetInstant()))
        {
            return new(walked, KeyFinding.Expired);
        }

        if (synced.Sync.Error is { } error)
        {
            return new(walked, KeyFinding.Error) { Error = error };
        }

        var check = WithValue(new KeyCheck(walked, KeyFinding.Same) { InSql = RowsOf(key, synced) }, synced, isInKv ? copy.Value : (ReadOnlyMemory<byte>?)null);
        return check with { Finding = Compare(copy, synced.Sync, check) };
    }

    /// <summary>What the key-value store has, in the form that is compared. What the rows render already stands in it.</summary>
    private static KeyCheck WithValue(KeyCheck check, SyncedKey synced, ReadOnlyMemory<byte>? value)
    {
        if (value is not { } bytes)
        {
            return check;
        }

        if (check.InSql is { } rows && rows.Span.SequenceEqual(bytes.Span))
        {
            return check with { InKv = rows, IsQuarantined = synced.HasRejected };
        }

        var converted = check.Key.Key.Entity.Convert(check.Key.Key.Name, bytes);
        return check with { InKv = converted.Value, IsQuarantined = converted is { Error: not null } or { Rejected.Count: > 0 } };
    }

    /// <summary>
    /// Without a head a state says nothing of the value: SQL counts the versions then, and knows by its hash whether the value is still the one it took.
    /// </summary>
    private static KeyFinding Compare(KeyCopy copy, SyncState sync, KeyCheck check)
    {
        var isSamePoint = sync != SyncState.Unknown && (copy.State.IsSamePointAs(sync.State) || (!copy.HasHead && sync.State.Term == 0));
        return (check.InKv, check.InSql) switch
        {
            (null, null) when isSamePoint => copy.State.IsExpired ? KeyFinding.Expired : KeyFinding.Deleted,
            ({ }, null) => KeyFinding.Missing,
            (null, { }) => KeyFinding.Extra,
            ({ } inKv, { } inSql) when isSamePoint && inKv.Span.SequenceEqual(inSql.Span) => KeyFinding.Same,
            ({ } inKv, { }) when isSamePoint && (copy.HasHead || SyncState.HashOf(inKv) == sync.Hash) => KeyFinding.Mismatch,
            _ => KeyFinding.Unsettled,
        };
    }

    /// <summary>What SQL has; also what it should not have any more, unless the rows of a key outlast it.</summary>
    private static ReadOnlyMemory<byte>? RowsOf(ManagedKey key, SyncedKey synced) =>
        synced.Sync.State.IsExpired && key.Entity.KeepsRows ? null : synced.Rows;

    private static KeyCheck CheckRows(WalkedKey walked, SyncedKey synced) =>
        synced.Sync == SyncState.Unknown ? new(walked, KeyFinding.Gone)
            : synced.Sync.Error is { } error ? new(walked, KeyFinding.Error) { Error = error }
            : synced.Sync.State.DeletedAt is null ? new(walked, KeyFinding.Same) { InKv = synced.Value, InSql = synced.Value, IsQuarantined = synced.HasRejected }
            : new(walked, synced.Sync.State.IsExpired ? KeyFinding.Expired : KeyFinding.Deleted);
}
