using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Verification;

namespace TraderHub.Core.Migration.Operating;

/// <summary>A group with what operators ask of it.</summary>
/// <param name="Group">The group.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Reports">Its reports.</param>
/// <param name="Faults">What of it does not parse.</param>
public sealed record OperatedGroup(EntityGroup Group, IGroupTables Tables, IMigrationReports Reports, IFaults Faults)
{
    /// <summary>Its name.</summary>
    public string Name => Group.Name;
}
