using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>
/// Brings the two copies of a key together, whatever was begun and not finished between them. Doing it again, or at the same moment elsewhere, changes nothing.
/// </summary>
public sealed class Reconcile(HeadedStore heads, IStages stages, PlaceKey place, Mirror mirror, HandBack handBack, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>Settles a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="comparesValues">Whether values are compared too, where both copies say that they stand at the same point.</param>
    /// <param name="cancellationToken">Ends it between two steps, which is safe.</param>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<Reconciliation> ExecuteAsync(ManagedKey key, bool comparesValues, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var done = Reconciliation.Unsettled;
        for (var i = 0; i < Tries; i++)
        {
            var stage = await stages.GetAsync(key.Group.Name, cancellationToken);
            if (await place.ExecuteAsync(key, await heads.ReadAsync(key.Name, cancellationToken), stage.Stage, cancellationToken) is not { } copy)
            {
                continue;
            }

            if (copy.State.DeletedAt is null && copy.State.HasExpiredAt(clock.GetInstant()))
            {
                await ExpireAsync(key, copy, cancellationToken);
                continue;
            }

            var step = await StepAsync(key, copy, comparesValues, cancellationToken);
            if (step == Reconciliation.Settled)
            {
                return done == Reconciliation.Unsettled ? step : done;
            }

            if (step is Reconciliation.Mismatch or Reconciliation.Failed or Reconciliation.Diverged)
            {
                return step;
            }

            done = step;
        }

        return Reconciliation.Unsettled;
    }

    /// <summary>The owner notes that a value is over its time; the other copy follows.</summary>
    private async Task ExpireAsync(ManagedKey key, KeyCopy copy, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        if (!copy.State.IsOwnedBySql)
        {
            await heads.TryWriteAsync(key.Name, copy, copy.State.AfterExpiry(now), ReadOnlyMemory<byte>.Empty, cancellationToken);
            return;
        }

        await key.Group.Sql.InTransactionAsync(transaction => ExpireAsync(transaction, key, copy, now), cancellationToken);
        await MirrorAsync(key, cancellationToken);
    }

    private static async Task<bool> ExpireAsync(ISyncTransaction transaction, ManagedKey key, KeyCopy copy, NodaTime.Instant now)
    {
        var current = await HandOver.FinishAsync(transaction, key, copy);
        if (current.State is { IsOwnedBySql: true, DeletedAt: null } state && state.HasExpiredAt(now))
        {
            await transaction.SaveAsync(KeyWrite.Put(key.Entity, key.Name, state.AfterExpiry(now), current.MirroredVersion, ReadOnlyMemory<byte>.Empty, keepsText: false));
        }

        return true;
    }

    private async Task<Reconciliation> StepAsync(ManagedKey key, KeyCopy copy, bool comparesValues, CancellationToken cancellationToken)
    {
        var synced = comparesValues
            ? await key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken)
            : new(await key.Group.Sql.ReadStateAsync(key.Name, cancellationToken), Rows: null);
        var state = synced.Sync.State;
        if (copy.State.Term > state.Term)
        {
            return copy.State.IsOwnedBySql
                ? await FinishHandOverAsync(key, copy, cancellationToken)
                : await TakeAsync(key, cancellationToken);
        }

        if (copy.State.Term < state.Term)
        {
            return state.IsOwnedBySql ? await MirrorAsync(key, cancellationToken) : await FinishHandBackAsync(key, cancellationToken);
        }

        if (!copy.State.IsSamePointAs(state) || synced.Sync == SyncState.Unknown || (!copy.State.IsOwnedBySql && state.IsForkedFrom(copy.State)))
        {
            return (copy.State.IsOwnedBySql, copy.State.IsNewerThan(state)) switch
            {
                (true, true) => await FreezeAsync(key, cancellationToken),
                (true, false) => await MirrorAsync(key, cancellationToken),
                _ => synced.Sync == SyncState.Unknown && copy.StoreVersion is null ? Reconciliation.Settled : await TakeAsync(key, cancellationToken),
            };
        }

        return await CompareAsync(key, copy, synced, comparesValues, cancellationToken);
    }

    private async Task<Reconciliation> CompareAsync(
        ManagedKey key, KeyCopy copy, SyncedKey synced, bool comparesValues, CancellationToken cancellationToken)
    {
        if (synced.Sync.Error is not null)
        {
            return Reconciliation.Failed;
        }

        if (synced.Sync.MirroredVersion < synced.Sync.State.Version)
        {
            await key.Group.Sql.InTransactionAsync(transaction => NoteMirroredAsync(transaction, key, synced.Sync), cancellationToken);
        }

        // Without a head the state says nothing of the value: somebody may have written past the engine.
        if ((!comparesValues && copy.HasHead) || copy.State.DeletedAt is not null)
        {
            return Reconciliation.Settled;
        }

        var inSql = comparesValues ? SyncState.HashOf(synced.Value) : synced.Sync.Hash;
        if (SyncState.HashOf(key.Entity.Convert(key.Name, copy.Value).Value) == inSql)
        {
            return Reconciliation.Settled;
        }

        return copy.State.IsOwnedBySql || copy.HasHead ? Reconciliation.Mismatch : await TakeAsync(key, cancellationToken);
    }

    /// <summary>SQL takes what the key-value store owns, as it is at the moment that the key is locked in SQL.</summary>
    public Task<Reconciliation> TakeAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Group.Sql.InTransactionAsync(
            async transaction =>
            {
                var current = await transaction.LockAsync(key.Name);
                var copy = await heads.ReadAsync(key.Name, cancellationToken);
                if (!copy.HasHead && current.State.Term == 0)
                {
                    copy = copy with { State = copy.State with { Version = current.State.Version, Operations = current.State.Operations } };
                }

                if (copy.State.IsOwnedBySql || copy.State.Term < current.State.Term)
                {
                    return Reconciliation.Unsettled;
                }

                await transaction.TakeAsync(key, copy.State, copy.Value);
                return Reconciliation.Applied;
            },
            cancellationToken);
    }

    private static async Task<Reconciliation> FinishHandOverAsync(ManagedKey key, KeyCopy copy, CancellationToken cancellationToken)
    {
        await key.Group.Sql.InTransactionAsync(transaction => HandOver.FinishAsync(transaction, key, copy), cancellationToken);
        return Reconciliation.HandedOver;
    }

    private async Task<Reconciliation> FinishHandBackAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        await handBack.FinishAsync(key, cancellationToken);
        return Reconciliation.HandedBack;
    }

    private async Task<Reconciliation> MirrorAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        var synced = await key.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);
        return !synced.Sync.State.IsOwnedBySql
            ? Reconciliation.Unsettled
            : await mirror.ExecuteAsync(key.Name, synced.Sync.State, synced.Value, cancellationToken) switch
            {
                MirrorOutcome.Mirrored => Reconciliation.Mirrored,
                MirrorOutcome.Diverged => await FreezeAsync(key, cancellationToken),
                _ => Reconciliation.Unsettled,
            };
    }

    private async Task<Reconciliation> FreezeAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        await stages.FreezeAsync(key.Group.Name, Divergence.ReasonOf(key), cancellationToken);
        return Reconciliation.Diverged;
    }

    private static async Task<bool> NoteMirroredAsync(ISyncTransaction transaction, ManagedKey key, SyncState seen)
    {
        var current = await transaction.LockAsync(key.Name);
        if (current == seen)
        {
            await transaction.SaveAsync(KeyWrite.Keep(key.Entity, key.Name, current with { MirroredVersion = current.State.Version }));
        }

        return true;
    }
}

/// <summary>What became of a key whose copies were compared.</summary>
public enum Reconciliation
{
    /// <summary>Both were the same.</summary>
    Settled,

    /// <summary>SQL took what the key-value store has.</summary>
    Applied,

    /// <summary>The key-value store took what SQL has.</summary>
    Mirrored,

    /// <summary>A handover was finished.</summary>
    HandedOver,

    /// <summary>A handback was finished.</summary>
    HandedBack,

    /// <summary>It changed each time it was looked at.</summary>
    Unsettled,

    /// <summary>SQL cannot have it: its value does not parse.</summary>
    Failed,

    /// <summary>Both copies say that they stand at the same point, and have different values.</summary>
    Mismatch,

    /// <summary>SQL has lost writes; the group is frozen.</summary>
    Diverged,
}
