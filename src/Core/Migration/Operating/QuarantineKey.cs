using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>
/// Puts aside what keeps a group back, as an operator decides: a value that cannot be read stays as it is, also on the way back; an operation on several keys of which it
/// cannot be told any more whether it was done is given up.
/// </summary>
public sealed class QuarantineKey(IEnumerable<OperatedGroup> groups, Intents intents)
{
    /// <summary>Puts a key's value aside.</summary>
    /// <exception cref="KeyValue.KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> ExecuteAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.StartsWith(Intents.Prefix, StringComparison.Ordinal))
        {
            return await GiveUpAsync(key, OperationId.Stored(key[Intents.Prefix.Length..]), cancellationToken);
        }

        var owner = groups.FirstOrDefault(group => group.Group.FindEntity(key) is not null);
        if (owner is null)
        {
            return OperatingErrors.NobodysKey(key);
        }

        return await owner.Faults.PutAsideAsync(key, cancellationToken)
            ? new Outcome($"'{key}' is put aside as it is") { Keys = [new(key, "quarantined")] }
            : OperatingErrors.NotInError(key);
    }

    private async Task<Result<Outcome>> GiveUpAsync(string key, OperationId id, CancellationToken cancellationToken)
    {
        if (await intents.FindAsync(id, cancellationToken) is not { Intent: { } intent })
        {
            return OperatingErrors.NotInError(key);
        }

        await intents.RemoveAsync(id, cancellationToken);
        return new Outcome($"'{intent.Operation}' with {intent.Arguments} is given up; some of {string.Join(", ", intent.Versions.Keys)} may have it")
        {
            Keys = [.. intent.Versions.Keys.Select(name => new NamedKey(name, "may be half done"))],
        };
    }
}
