using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>
/// Changes a key, wherever it is owned at this instant. An operation that is acknowledged is stored once, and stays whichever way the group moves (rules M1, M2, M5).
/// </summary>
public sealed class WriteKey(HeadedStore heads, IStages stages, PlaceKey place, HandOver handOver, WriteSqlKey writeSql, TimeProvider clock)
{
    /// <summary>Changes a key within five seconds; otherwise it is refused, and not acknowledged.</summary>
    /// <param name="key">The key.</param>
    /// <param name="operation">The operation's id: seen before on this key, it is not done again.</param>
    /// <param name="change">What it does.</param>
    /// <param name="cancellationToken">Ends the tries; the change may have been stored.</param>
    public Task<Result<KeyWritten>> ExecuteAsync(ManagedKey key, OperationId operation, ChangeKey change, CancellationToken cancellationToken) =>
        ExecuteAsync(key, new WriteAttempt(operation, clock), change, cancellationToken);

    /// <summary>The same for an operation that may have been tried before.</summary>
    internal Task<Result<KeyWritten>> ExecuteAsync(ManagedKey key, WriteAttempt attempt, ChangeKey change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return attempt.RunAsync(token => TryOnceAsync(key, attempt, change, token), cancellationToken);
    }

    /// <summary>One try; null when the key changed under it.</summary>
    private async Task<Result<KeyWritten>?> TryOnceAsync(ManagedKey key, WriteAttempt attempt, ChangeKey change, CancellationToken cancellationToken)
    {
        var stage = await stages.GetAsync(key.Group.Name, cancellationToken);
        if (stage.FrozenBecause is { } reason)
        {
            return Divergence.ToError(key.Group.Name, reason);
        }

        if (stage.IsSqlOnly)
        {
            return await writeSql.ExecuteAsync(key, copy: null, mirrors: stage.IsReturning, attempt, change, cancellationToken);
        }

        var copy = await place.ExecuteAsync(key, await heads.ReadAsync(key.Name, cancellationToken), stage.Stage, cancellationToken);
        if (copy is null)
        {
            return null;
        }

        return copy.State.IsOwnedBySql
            ? await writeSql.ExecuteAsync(key, copy, mirrors: true, attempt, change, cancellationToken)
            : await WriteKvAsync(key, copy, stage, attempt, change, cancellationToken);
    }

    private async Task<Result<KeyWritten>?> WriteKvAsync(
        ManagedKey key, KeyCopy copy, StageDocument stage, WriteAttempt attempt, ChangeKey change, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        if (copy.State.Operations.Contains(attempt.Operation))
        {
            return new KeyWritten(copy.ValueAt(now), WasDoneBefore: true);
        }

        if (attempt.MayBeForgotten(key.Name, copy.State))
        {
            return WriteAttempt.Uncertain();
        }

        if (stage.HandsOver(key.Name) && await TryHandOverAsync(key, copy, stage, cancellationToken))
        {
            return null;
        }

        var wanted = change(copy.ValueAt(now));
        if (wanted.Error is { } refusal)
        {
            return refusal;
        }

        var (state, value) = Next(copy.State, attempt.Operation, wanted.Value, now);
        attempt.Try(key.Name, state);
        if (!await heads.TryWriteAsync(key.Name, copy, state, value, cancellationToken))
        {
            return null;
        }

        if (stage.Copies)
        {
            await CopyAsync(key, state, value, cancellationToken);
        }

        return new KeyWritten(wanted.Value.Value, WasDoneBefore: false);
    }

    /// <summary>Whether the key is SQL's now, or changed meanwhile; one that does not fit its rows stays, unless the group is about to leave the store.</summary>
    internal async Task<bool> TryHandOverAsync(ManagedKey key, KeyCopy copy, StageDocument stage, CancellationToken cancellationToken)
    {
        try
        {
            return await handOver.ExecuteAsync(key, copy, cancellationToken) || stage.IsLeaving;
        }
        catch (StorageException) when (!stage.IsLeaving)
        {
            // The key-value store still owns it, and can do without SQL.
            return false;
        }
    }

    /// <summary>The write is acknowledged already: what SQL misses, the next reconciliation brings.</summary>
    private static async Task CopyAsync(ManagedKey key, KeyState state, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyToSql.ExecuteAsync(key, state, value, cancellationToken);
        }
        catch (StorageException)
        {
            // Logged where it happened.
        }
    }

    internal static (KeyState State, ReadOnlyMemory<byte> Value) Next(KeyState current, OperationId operation, KeyChange wanted, NodaTime.Instant now) =>
        wanted.Value is { } value
            ? (current.AfterPut(operation, wanted.ExpiresAt), value)
            : (current.AfterDelete(operation, now), ReadOnlyMemory<byte>.Empty);
}
