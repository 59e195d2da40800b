using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Stages;

/// <summary>
/// What SQL knows of the groups' stages: that a group is SQL's alone. It is read before the key-value store is, so that such a group needs none.
/// </summary>
public interface IStageRecords
{
    /// <summary>A group's document; null when SQL has none, and the key-value store says where the group stands.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<StageDocument?> FindAsync(string group, CancellationToken cancellationToken);

    /// <summary>Stores a document in the place of one with a lower epoch; false when there is a newer one.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<bool> TrySaveAsync(string group, StageDocument document, CancellationToken cancellationToken);

    /// <summary>Removes a group's document, when it is of an epoch: the key-value store then says where the group stands.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<bool> TryRemoveAsync(string group, long epoch, CancellationToken cancellationToken);
}
