using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Migration.Moves;

/// <summary>Keeps a copy of everything a group has, before it leaves the key-value store.</summary>
public interface IGroupExport
{
    /// <summary>Writes the group's keys and a backup of its database into files.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    Task ExecuteAsync(EntityGroup group, CancellationToken cancellationToken);
}
