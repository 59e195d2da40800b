using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Changes a key that SQL owns: in one transaction, and then in the mirror.</summary>
public sealed class WriteSqlKey(Mirror mirror, HandBack handBack, IStages stages, MigrationOptions options, TimeProvider clock)
{
    /// <summary>One try; null when the key changed its owner under it.</summary>
    internal async Task<Result<KeyWritten>?> ExecuteAsync(
        ManagedKey key, KeyCopy? copy, bool mirrors, WriteAttempt attempt, ChangeKey change, CancellationToken cancellationToken)
    {
        var step = await key.Group.Sql.InTransactionAsync(transaction => ChangeAsync(transaction, key, copy, attempt, change), cancellationToken);
        if (step.Refusal is { } refusal)
        {
            return refusal;
        }

        if (step.Written is not { } written)
        {
            await handBack.FinishAsync(key, cancellationToken);
            return null;
        }

        return mirrors ? await AcknowledgeAsync(key, step.State!, written, cancellationToken) : written;
    }

    /// <summary>Mirrors what was committed, so that it may be acknowledged; null when the key has another owner now.</summary>
    internal async Task<Result<KeyWritten>?> AcknowledgeAsync(ManagedKey key, KeyState state, KeyWritten written, CancellationToken cancellationToken) =>
        await MirrorAsync(key, state, written, cancellationToken) switch
        {
            MirrorOutcome.Mirrored => (Result<KeyWritten>?)written,
            MirrorOutcome.OwnerChanged => null,
            MirrorOutcome.Diverged => await FreezeAsync(key, cancellationToken),
            _ => WriteAttempt.OutcomeUnknown(),
        };

    /// <summary>The operation on rows whose key is locked, so that the constraints decide here.</summary>
    internal async Task<Step> ChangeAsync(ISyncTransaction transaction, ManagedKey key, KeyCopy? copy, WriteAttempt attempt, ChangeKey change)
    {
        var now = clock.GetInstant();
        var current = await LockAsync(transaction, key, copy);
        if (!current.State.IsOwnedBySql)
        {
            return Step.OfAnotherOwner;
        }

        if (current.State.Operations.Contains(attempt.Operation))
        {
            var value = current.State.HasValueAt(now) ? await transaction.LoadAsync(key.Entity, key.Name) : null;
            return new(current.State, new KeyWritten(value, WasDoneBefore: true), Refusal: null);
        }

        if (attempt.MayBeForgotten(key.Name, current.State))
        {
            return Step.Refused(WriteAttempt.Uncertain());
        }

        var wanted = change(current.State.HasValueAt(now) ? await transaction.LoadAsync(key.Entity, key.Name) : null);
        if (wanted.Error is { } refusal)
        {
            return Step.Refused(refusal);
        }

        var (state, bytes) = WriteKey.Next(current.State, attempt.Operation, wanted.Value, now);
        attempt.Try(key.Name, state);
        await transaction.SaveAsync(KeyWrite.Put(key.Entity, key.Name, state, current.MirroredVersion, bytes, keepsText: false));
        return new(state, new KeyWritten(wanted.Value.Value, WasDoneBefore: false), Refusal: null);
    }

    /// <summary>Locks the key, and has SQL take it where it was given to it. Without a copy SQL owns every key of the group, also those that nobody has seen yet.</summary>
    internal static async Task<SyncState> LockAsync(ISyncTransaction transaction, ManagedKey key, KeyCopy? copy)
    {
        if (copy is not null)
        {
            return await HandOver.FinishAsync(transaction, key, copy);
        }

        var current = await transaction.LockAsync(key.Name);
        return current.State.IsUnknown ? current with { State = current.State.WithNextOwner() } : current;
    }

    /// <summary>The key-value store is ahead of the rows: what they have lost must not be written over.</summary>
    private async Task<Result<KeyWritten>> FreezeAsync(ManagedKey key, CancellationToken cancellationToken)
    {
        var reason = Divergence.ReasonOf(key);
        await stages.FreezeAsync(key.Group.Name, reason, cancellationToken);
        return Divergence.ToError(key.Group.Name, reason);
    }

    private async Task<MirrorOutcome> MirrorAsync(ManagedKey key, KeyState state, KeyWritten written, CancellationToken cancellationToken)
    {
        try
        {
            return await mirror.ExecuteAsync(key.Name, state, written.Value, cancellationToken);
        }
        catch (KeyValueException) when (options.AcknowledgesWithoutKv)
        {
            // The operator has chosen to go on without the way back; the reconciliation mirrors it later.
            return MirrorOutcome.Mirrored;
        }
    }

    /// <summary>What became of the operation in the transaction.</summary>
    internal sealed record Step(KeyState? State, KeyWritten? Written, Error? Refusal)
    {
        public static Step OfAnotherOwner { get; } = new(null, null, null);

        public static Step Refused(Error refusal) => new(null, null, refusal);
    }
}
