namespace TraderHub.Core.Migration.Operating;

/// <summary>The copies that were kept of groups before they left the key-value store.</summary>
public interface IGroupExports
{
    /// <summary>Where the newest whole copy is that is still there; null when there is none.</summary>
    /// <exception cref="IOException">It cannot be looked for.</exception>
    Task<string?> FindLatestAsync(string group, CancellationToken cancellationToken);
}
