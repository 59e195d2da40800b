using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>
/// Does what an intent says, key by key, each wherever it is owned. Several instances may do so at once, and any of them may be late: a key that has the operation is left
/// alone, and one of which that cannot be told any more too (rule M10).
/// </summary>
public sealed class CarryOutIntent(WriteKey writeKey, SealKeys sealKeys, Intents intents, TimeProvider clock)
{
    /// <summary>Carries an intent out; a refusal when it is not known to be done on every key.</summary>
    /// <param name="group">The group.</param>
    /// <param name="stored">The intent.</param>
    /// <param name="isFirst">Whether nobody can have begun to carry it out. Only then the operation is known not to be on keys that have been changed often since.</param>
    /// <param name="cancellationToken">Ends it; some keys may have the operation.</param>
    /// <exception cref="StorageConstraintException">The rows cannot have what the operation makes of a key.</exception>
    public async Task<Result<KeysWritten>> ExecuteAsync(EntityGroup group, StoredIntent stored, bool isFirst, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(stored);
        var (id, intent, _) = stored;
        if (group.Operations.FirstOrDefault(candidate => candidate.Name == intent.Operation) is not { } operation)
        {
            return new Error(ErrorKind.Unavailable, "OPERATION_UNKNOWN", $"The operation '{intent.Operation}' is not known here; an instance that knows it finishes it.");
        }

        var ready = intent.Decision is null ? await sealKeys.ExecuteAsync(group, operation, stored, cancellationToken) : stored;
        if (ready.Error is { } notSealed)
        {
            return notSealed;
        }

        // Another instance may have done it all meanwhile, and taken the intent away.
        if (ready.Value is not { Intent: { Decision: { } decision } decided })
        {
            return KeysWritten.Before;
        }

        foreach (var (name, version) in intent.Versions)
        {
            var written = await writeKey.ExecuteAsync(
                ManagedKey.Of(group, name),
                isFirst ? new WriteAttempt(id, clock) : new WriteAttempt(id, clock).WhichMayHaveMade(name, version + 1),
                current => operation.Change(decided.Arguments, decision, name, current),
                cancellationToken);
            if (written.Error is { } error)
            {
                return error;
            }
        }

        await RemoveAsync(stored, cancellationToken);
        return new KeysWritten(decision, WasDoneBefore: false);
    }

    /// <summary>One that stays is found to be done, and removed, later.</summary>
    private async Task RemoveAsync(StoredIntent stored, CancellationToken cancellationToken)
    {
        try
        {
            await intents.RemoveAsync(stored.Id, cancellationToken);
        }
        catch (KeyValueException)
        {
            // Every key has the operation.
        }
    }
}
