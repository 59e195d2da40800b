using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>A key that moves.</summary>
/// <param name="Group">What it moves with.</param>
/// <param name="Entity">What it is.</param>
/// <param name="Name">The key itself.</param>
public sealed record ManagedKey(EntityGroup Group, IEntity Entity, string Name)
{
    /// <summary>The key of a group.</summary>
    /// <exception cref="ArgumentException">It is no key of the group.</exception>
    public static ManagedKey Of(EntityGroup group, string name)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new(group, group.EntityOf(name), name);
    }
}
