using TraderHub.Core.Platform;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql.Sqlite;

namespace TraderHub.Data.Sql.Backups;

/// <summary>The files of several databases as one: backed up as of one moment, restored and changed all together or not at all (rule O7).</summary>
public sealed class DatabaseFiles(IReadOnlyList<ModuleDatabase> databases, DatabaseOptions options, TimeProvider clock)
{
    private const string KeyValueModule = "kv";

    private readonly List<ModuleDatabase> files = [.. databases.Where(database => database.FilePath is not null)];

    /// <summary>Whether every database is a file.</summary>
    public bool AreAll => files.Count == databases.Count;

    /// <summary>Writes a backup into a folder while the databases are in use; on PostgreSQL of each schema, after the files.</summary>
    /// <exception cref="IOException">It cannot be made, and the folder holds none of it.</exception>
    /// <exception cref="BackupToolMissingException">PostgreSQL's own program is not there.</exception>
    public async Task<BackupManifest> BackUpAsync(string directory, CancellationToken cancellationToken)
    {
        RequireEmpty(directory);

        // A replacement of the files that was left half done is finished first, and none begins meanwhile.
        using var use = files.Count == 0 ? null : DataFolder.Use(FindFolder());
        var isNew = !Directory.Exists(directory);
        PrivateFiles.CreateFolder(directory);
        try
        {
            return await WriteAsync(directory, cancellationToken);
        }
        catch
        {
            Remove(directory, isNew);
            throw;
        }
    }

    /// <summary>Puts a backup in the place of the files. Everything is looked at first, and made ready beside them; nobody may use them.</summary>
    /// <param name="directory">The folder of the backup.</param>
    /// <param name="prepare">Looks at, and adjusts, the databases in the folder that it is given, before they take the place of the others.</param>
    /// <param name="cancellationToken">Ends it; then nothing was changed.</param>
    /// <exception cref="DataFileException">It cannot be restored; nothing was changed.</exception>
    public async Task<BackupManifest> RestoreAsync(string directory, Func<string, Task> prepare, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        var backup = BackupSet.Read(directory);
        backup.Require([.. files.Select(file => file.Module)]);
        using var folder = UseAlone();
        await ReplaceAsync(folder, backup.CopyTo, prepare, cancellationToken);
        return backup.Manifest;
    }

    /// <summary>Changes the files together: copies of them are changed, and take their places. Nobody may use them.</summary>
    /// <param name="change">Changes the databases in the folder that it is given.</param>
    /// <param name="cancellationToken">Ends it; then nothing was changed.</param>
    /// <exception cref="DataFileException">They cannot be changed; nothing was.</exception>
    public async Task ChangeAsync(Func<string, Task> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        FindFolder();
        using var folder = UseAlone();
        await ReplaceAsync(folder, directory => SqliteCopies.Take([.. files.Select(file => file.FilePath!)], directory), change, cancellationToken);
    }

    /// <summary>The folder of the files; what only reads from it does not make it.</summary>
    private string FindFolder()
    {
        var folder = Path.GetFullPath(options.Directory);
        return Path.Exists(folder)
            ? folder
            : throw new DataFileException($"There is no database: '{folder}' does not exist. 'db migrate' makes it.");
    }

    private DataFolder UseAlone()
    {
        var folder = DataFolder.UseAlone(Path.GetFullPath(options.Directory));
        try
        {
            files.ForEach(file => SqliteCopies.RequireUnused(file.FilePath!));
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static async Task ReplaceAsync(DataFolder folder, Action<string> fill, Func<string, Task> prepare, CancellationToken cancellationToken)
    {
        using var staged = StagedFiles.Begin(folder);
        await Task.Run(() => fill(staged.Path), cancellationToken);
        await prepare(staged.Path);
        cancellationToken.ThrowIfCancellationRequested();
        staged.Commit();
    }

    private async Task<BackupManifest> WriteAsync(string directory, CancellationToken cancellationToken)
    {
        var takenAt = clock.GetInstant().ToIso();
        await Task.Run(() => SqliteCopies.Take([.. files.Select(file => file.FilePath!)], directory), cancellationToken);
        var copies = files.Select(file => CopyContents.Describe(file.Module, Path.Combine(directory, Path.GetFileName(file.FilePath!)))).ToList();
        foreach (var database in databases.Except(files))
        {
            copies.Add(CopyContents.Describe(database.Module, await database.BackUpAsync(directory, cancellationToken), schemaVersion: 0));
        }

        var keys = files.Find(file => file.Module == KeyValueModule);
        var manifest = new BackupManifest(takenAt, copies, keys is null ? [] : CopyContents.StagesOf(Path.Combine(directory, Path.GetFileName(keys.FilePath!))));
        await using var output = PrivateFiles.Create(Path.Combine(directory, BackupManifest.FileName));
        manifest.Write(output);
        return manifest;
    }

    private IEnumerable<string> NamesOf(string directory) => databases
        .Select(database => Path.Combine(directory, $"{database.Module}.{(database.FilePath is null ? "sql" : "db")}"))
        .Append(Path.Combine(directory, BackupManifest.FileName));

    private void RequireEmpty(string directory)
    {
        if (NamesOf(directory).FirstOrDefault(File.Exists) is { } there)
        {
            throw new DataFileException($"'{there}' is there already; a backup never overwrites another. Name another folder.");
        }
    }

    /// <summary>There was nothing of these names before.</summary>
    private void Remove(string directory, bool isNew)
    {
        if (isNew)
        {
            Directory.Delete(directory, recursive: true);
            return;
        }

        foreach (var file in NamesOf(directory))
        {
            File.Delete(file);
        }
    }
}
