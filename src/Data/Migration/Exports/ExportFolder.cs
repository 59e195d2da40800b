using TraderHub.Data.Platform;

namespace TraderHub.Data.Migration.Exports;

internal sealed class ExportFolder(string folder) : IExportPlace
{
    public async Task AddAsync(string export, string file, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(Path.Combine(folder, export));
        using var whole = new WholeFile(Path.Combine(folder, export, file));
        await write(whole.Stream, cancellationToken);
        whole.Commit();
    }

    public Task<string?> FindLatestAsync(string group, string file, CancellationToken cancellationToken) => Task.FromResult(!Directory.Exists(folder)
        ? null
        : Directory.EnumerateDirectories(folder, $"{group}-*").Where(export => File.Exists(Path.Combine(export, file))).Max(StringComparer.Ordinal));
}
