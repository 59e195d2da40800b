namespace TraderHub.Data.Migration.Exports;

/// <summary>Where exports are kept: each is a few files under one name, which begins with its group and ends with its time.</summary>
internal interface IExportPlace
{
    /// <summary>Adds a file to an export. It is there when it is whole, and not before.</summary>
    /// <exception cref="IOException">It cannot be kept there.</exception>
    Task AddAsync(string export, string file, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Where the newest export of a group is that has a file; null when there is none.</summary>
    /// <exception cref="IOException">The place cannot be looked at.</exception>
    Task<string?> FindLatestAsync(string group, string file, CancellationToken cancellationToken);
}
