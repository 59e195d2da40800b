using System.Text.Json;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>
/// Changes several keys of a group: all of them or none, in the end. Where SQL owns them all that is one transaction. Otherwise an intent is put down first, which is carried
/// out key by key; whoever finds it unfinished goes on with it (rule M10).
/// </summary>
public sealed class WriteKeys(
    HeadedStore heads,
    IStages stages,
    PlaceKey place,
    WriteKey writeKey,
    WriteSqlKeys writeSql,
    HandBack handBack,
    Intents intents,
    CarryOutIntent carryOut,
    TimeProvider clock)
{
    /// <summary>Changes the keys within five seconds; otherwise it is not acknowledged, and may yet be done.</summary>
    /// <exception cref="StorageConstraintException">The rows cannot have what the operation makes of a key.</exception>
    public Task<Result<KeysWritten>> ExecuteAsync(MultiKeyWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var attempt = new WriteAttempt(write.Id, clock);
        foreach (var (key, version) in write.TriedOn)
        {
            attempt.WhichMayHaveMade(key, version + 1);
        }

        return attempt.RunAsync(token => TryOnceAsync(write, attempt, token), cancellationToken);
    }

    /// <summary>One try; null when a key changed under it.</summary>
    private async Task<Result<KeysWritten>?> TryOnceAsync(MultiKeyWrite write, WriteAttempt attempt, CancellationToken cancellationToken)
    {
        var stage = await stages.GetAsync(write.Group.Name, cancellationToken);
        if (stage.FrozenBecause is { } reason)
        {
            return Divergence.ToError(write.Group.Name, reason);
        }

        if (stage.IsSqlOnly)
        {
            return await writeSql.ExecuteAsync(write, copies: null, mirrors: stage.IsReturning, attempt, cancellationToken);
        }

        if (await FindAsync(write, stage, cancellationToken) is not { } copies || await HandOverAsync(write, copies, stage, cancellationToken))
        {
            return null;
        }

        if (copies.Values.All(copy => copy.State.IsOwnedBySql))
        {
            var written = await writeSql.ExecuteAsync(write, copies, mirrors: true, attempt, cancellationToken);
            return written is { Error: null, Value.WasDoneBefore: true } ? await GoOnAsync(write, cancellationToken) ?? written : written;
        }

        return await IntendAsync(write, copies, attempt, cancellationToken);
    }

    /// <summary>Where the keys stand; null when that has to be asked again.</summary>
    private async Task<Dictionary<string, KeyCopy>?> FindAsync(MultiKeyWrite write, StageDocument stage, CancellationToken cancellationToken)
    {
        var copies = new Dictionary<string, KeyCopy>(StringComparer.Ordinal);
        foreach (var key in write.Keys)
        {
            if (await place.ExecuteAsync(key, await heads.ReadAsync(key.Name, cancellationToken), stage.Stage, cancellationToken) is not { } copy)
            {
                return null;
            }

            copies.Add(key.Name, copy);
        }

        return copies;
    }

    /// <summary>Gives SQL the keys that it is to have; false when none of them has changed by that.</summary>
    private async Task<bool> HandOverAsync(MultiKeyWrite write, Dictionary<string, KeyCopy> copies, StageDocument stage, CancellationToken cancellationToken)
    {
        var hasChanged = false;
        foreach (var key in write.Keys.Where(key => !copies[key.Name].State.IsOwnedBySql && stage.HandsOver(key.Name)))
        {
            hasChanged |= await writeKey.TryHandOverAsync(key, copies[key.Name], stage, cancellationToken);
        }

        return hasChanged;
    }

    /// <summary>Puts the intent down, unless it is there, and carries it out.</summary>
    private async Task<Result<KeysWritten>?> IntendAsync(
        MultiKeyWrite write, Dictionary<string, KeyCopy> copies, WriteAttempt attempt, CancellationToken cancellationToken)
    {
        if (await ReadAsync(write, copies, cancellationToken) is not { } read)
        {
            return null;
        }

        // An intent goes after its last key was written: one that is not there now, though a key read before has the operation, is done.
        if (await GoOnAsync(write, cancellationToken) is { } finished)
        {
            return finished;
        }

        var before = write.Keys.Where(key => read[key.Name].State.Operations.Contains(write.Id)).ToList();
        if (before.Count > 0)
        {
            return await ConfirmAsync(write, before, cancellationToken);
        }

        if (write.Keys.Any(key => attempt.MayBeForgotten(key.Name, read[key.Name].State)))
        {
            return WriteAttempt.Uncertain();
        }

        // What seals keys decides when it knows their last values.
        var decided = write.Operation.SealedKeysOf(write.Arguments) is []
            ? write.Operation.Decide(write.Arguments, read.ToDictionary(one => one.Key, one => one.Value.Value, StringComparer.Ordinal))
            : (Result<JsonElement>?)null;
        if (decided?.Error is { } refusal)
        {
            return refusal;
        }

        var intent = new Intent(
            write.Group.Name,
            write.Operation.Name,
            write.Arguments,
            decided?.Value,
            read.ToDictionary(one => one.Key, one => one.Value.State.Version, StringComparer.Ordinal),
            clock.GetInstant().ToIso());
        return await intents.TryAddAsync(write.Id, intent, cancellationToken) is { } stored
            ? await carryOut.ExecuteAsync(write.Group, stored, isFirst: true, cancellationToken)
            : (Result<KeysWritten>?)null;
    }

    /// <summary>Goes on with what was begun; null when there is nothing.</summary>
    private async Task<Result<KeysWritten>?> GoOnAsync(MultiKeyWrite write, CancellationToken cancellationToken) =>
        await intents.FindAsync(write.Id, cancellationToken) is { } begun
            ? await carryOut.ExecuteAsync(write.Group, begun, isFirst: false, cancellationToken)
            : (Result<KeysWritten>?)null;

    /// <summary>What was done before is acknowledged when the mirrors have it too.</summary>
    private async Task<Result<KeysWritten>?> ConfirmAsync(MultiKeyWrite write, List<ManagedKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            var written = await writeKey.ExecuteAsync(key, write.Id, _ => WriteAttempt.OutcomeUnknown(), cancellationToken);
            if (written.Error is { } error)
            {
                return error;
            }
        }

        return KeysWritten.Before;
    }

    /// <summary>The keys as their owners have them; null when an owner is about to change.</summary>
    private async Task<Dictionary<string, (KeyState State, ReadOnlyMemory<byte>? Value)>?> ReadAsync(
        MultiKeyWrite write, Dictionary<string, KeyCopy> copies, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var read = new Dictionary<string, (KeyState State, ReadOnlyMemory<byte>? Value)>(StringComparer.Ordinal);
        foreach (var key in write.Keys)
        {
            var copy = copies[key.Name];
            if (!copy.State.IsOwnedBySql)
            {
                read.Add(key.Name, (copy.State, copy.ValueAt(now)));
                continue;
            }

            var synced = await write.Group.Sql.ReadAsync(key.Entity, key.Name, cancellationToken);
            if (synced.Sync.State.Term > copy.State.Term)
            {
                await handBack.FinishAsync(key, cancellationToken);
                return null;
            }

            // SQL may not have taken yet what it was given.
            var isTaken = !copy.State.IsNewerThan(synced.Sync.State);
            read.Add(
                key.Name,
                isTaken ? (synced.Sync.State, synced.Sync.State.HasValueAt(now) ? synced.Value : null) : (copy.State, copy.ValueAt(now)));
        }

        return read;
    }
}
