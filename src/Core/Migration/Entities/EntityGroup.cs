using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;

namespace TraderHub.Core.Migration.Entities;

/// <summary>Entities whose rows share transactions, and which therefore move together.</summary>
/// <param name="Name">Its name, such as <c>signals</c>.</param>
/// <param name="Entities">What moves.</param>
/// <param name="Sql">The rows.</param>
/// <param name="Stages">What SQL knows of the group's stage.</param>
/// <param name="Runs">The walks over its keys.</param>
public sealed record EntityGroup(string Name, IReadOnlyList<IEntity> Entities, ISyncStore Sql, IStageRecords Stages, IMigrationRuns Runs)
{
    /// <summary>What changes several of its keys at once.</summary>
    public IReadOnlyList<IMultiKeyOperation> Operations { get; init; } = [];

    /// <summary>The entity that a key is of; null when it is none of this group's.</summary>
    public IEntity? FindEntity(string key)
    {
        foreach (var entity in Entities)
        {
            if (entity.Owns(key))
            {
                return entity;
            }
        }

        return null;
    }

    /// <summary>The entity that a key of this group is of.</summary>
    /// <exception cref="ArgumentException">It is no key of this group.</exception>
    public IEntity EntityOf(string key) => FindEntity(key) ?? throw new ArgumentException($"'{key}' is no key of the group '{Name}'.", nameof(key));
}
