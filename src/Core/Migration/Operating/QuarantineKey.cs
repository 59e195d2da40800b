using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Puts aside a value that cannot be read, as an operator decides: it stays as it is, also on the way back, and keeps its group back no longer.</summary>
public sealed class QuarantineKey(IEnumerable<OperatedGroup> groups)
{
    /// <summary>Puts a key's value aside.</summary>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> ExecuteAsync(string key, CancellationToken cancellationToken)
    {
        var owner = groups.FirstOrDefault(group => group.Group.FindEntity(key) is not null);
        if (owner is null)
        {
            return OperatingErrors.NobodysKey(key);
        }

        return await owner.Faults.PutAsideAsync(key, cancellationToken)
            ? new Outcome($"'{key}' is put aside as it is") { Keys = [new(key, "quarantined")] }
            : OperatingErrors.NotInError(key);
    }
}
