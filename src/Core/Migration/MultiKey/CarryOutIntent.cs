using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>
/// Does what an intent says, key by key, each wherever it is owned. Several instances may do so at once, and any of them may be late: a key that has the operation is left
/// alone, and one of which that cannot be told any more too (rule M10).
/// </summary>
public sealed class CarryOutIntent(WriteKey writeKey, Intents intents, TimeProvider clock)
{
    /// <summary>Carries an intent out; a refusal when it is not known to be done on every key.</summary>
    /// <exception cref="StorageConstraintException">The rows cannot have what the operation makes of a key.</exception>
    public async Task<Result<KeysWritten>> ExecuteAsync(EntityGroup group, StoredIntent stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(stored);
        var (id, intent) = stored;
        if (group.Operations.FirstOrDefault(candidate => candidate.Name == intent.Operation) is not { } operation)
        {
            return new Error(ErrorKind.Unavailable, "OPERATION_UNKNOWN", $"The operation '{intent.Operation}' is not known here; an instance that knows it finishes it.");
        }

        foreach (var (name, version) in intent.Versions)
        {
            var written = await writeKey.ExecuteAsync(
                ManagedKey.Of(group, name),
                new WriteAttempt(id, clock).WhichMayHaveMade(name, version + 1),
                current => operation.Change(intent.Arguments, intent.Decision, name, current),
                cancellationToken);
            if (written.Error is { } error)
            {
                return error;
            }
        }

        await RemoveAsync(stored, cancellationToken);
        return new KeysWritten(intent.Decision, WasDoneBefore: false);
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
