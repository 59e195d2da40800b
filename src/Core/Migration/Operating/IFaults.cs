using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>What of a group does not parse, in its database.</summary>
public interface IFaults
{
    /// <summary>Values that cannot be read, in the order of their keys.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<KeyFault>> ListErrorsAsync(int atMost, CancellationToken cancellationToken);

    /// <summary>What is put aside, in the order of the keys.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<KeyFault>> ListQuarantinedAsync(int atMost, CancellationToken cancellationToken);

    /// <summary>Puts a whole value aside that cannot be read; false when the key has no error.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<bool> PutAsideAsync(string key, CancellationToken cancellationToken);
}

/// <summary>Something that does not parse.</summary>
/// <param name="Key">The key.</param>
/// <param name="Reason">Why.</param>
/// <param name="Raw">What it is.</param>
/// <param name="Place">Where in the value it stands; null for all of it.</param>
/// <param name="FirstSeen">Since when it is known, in UTC.</param>
public sealed record KeyFault(string Key, string Reason, string Raw, int? Place, string FirstSeen);
