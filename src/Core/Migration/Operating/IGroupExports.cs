namespace TraderHub.Core.Migration.Operating;

/// <summary>The copies that were kept of groups before they left the key-value store.</summary>
public interface IGroupExports
{
    /// <summary>Where the newest whole copy is; null when there is none.</summary>
    string? FindLatest(string group);
}
