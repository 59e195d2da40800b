using System.Text.Json;
using Microsoft.Data.Sqlite;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Sql.Sqlite;

namespace TraderHub.Data.Sql.Backups;

/// <summary>The copies of a backup, looked at before any of them is used.</summary>
internal sealed class BackupSet(string directory, BackupManifest manifest)
{
    public BackupManifest Manifest { get; } = manifest;

    /// <exception cref="DataFileException">The folder holds no whole backup.</exception>
    public static BackupSet Read(string directory)
    {
        var path = Path.Combine(directory, BackupManifest.FileName);
        try
        {
            using var stream = File.OpenRead(path);
            return new(directory, BackupManifest.Read(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"'{directory}' holds no whole backup: its {BackupManifest.FileName} cannot be read. Nothing was changed.", exception);
        }
        catch (JsonException exception)
        {
            throw new DataFileException($"'{directory}' holds no whole backup: '{path}' is damaged. Nothing was changed.", exception);
        }
    }

    /// <summary>Looks at every copy, and whether together they are those of the databases; all that is wrong is told at once.</summary>
    /// <exception cref="DataFileException">Something is wrong.</exception>
    public void Require(IReadOnlyCollection<string> modules)
    {
        var problems = modules.Except(Manifest.Files.Select(file => file.Module)).Select(module => $"it has no copy of {module}")
            .Concat(Manifest.Files.Where(file => !modules.Contains(file.Module)).Select(file => $"its {file.Name} belongs to none of the databases to restore"))
            .Concat(Manifest.Files.CountBy(file => file.Module).Where(listed => listed.Value > 1).Select(listed => $"its manifest has {listed.Key} more than once"))
            .Concat(Manifest.Files.Select(FindProblem).OfType<string>())
            .ToList();
        if (problems.Count > 0)
        {
            throw new DataFileException($"The backup in '{directory}' cannot be restored: {string.Join("; ", problems)}. It is restored whole or not at all; nothing was changed.");
        }
    }

    /// <summary>Copies the copies into a folder, and looks again at what arrived.</summary>
    /// <exception cref="DataFileException">A copy did not arrive whole.</exception>
    public void CopyTo(string target)
    {
        foreach (var file in Manifest.Files)
        {
            var path = Path.Combine(target, file.Name);
            using (var input = File.OpenRead(Path.Combine(directory, file.Name)))
            {
                Write(input, path);
            }

            if (CopyContents.HashOf(path) != file.Sha256)
            {
                throw new DataFileException($"'{path}' is not what was written. Look at the disk; nothing was changed.");
            }
        }
    }

    private static void Write(Stream input, string path)
    {
        try
        {
            using var output = PrivateFiles.Create(path);
            input.CopyTo(output);
            output.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Explain(path, exception);
        }
    }

    private string? FindProblem(BackupFile file)
    {
        var path = Path.Combine(directory, file.Name);
        if (file.Name != $"{file.Module}.db")
        {
            return $"{file.Name} is no copy of a SQLite database";
        }

        try
        {
            return !File.Exists(path) ? $"{file.Name} is missing"
                : new FileInfo(path).Length is var size && size != file.Size ? $"{file.Name} is damaged ({size} bytes instead of {file.Size})"
                : CopyContents.HashOf(path) != file.Sha256 ? $"{file.Name} is damaged (its SHA-256 is another)"
                : CopyContents.IsEmpty(path) ? $"{file.Name} is empty: it has no table"
                : MigrationScript.LoadAll(file.Module) is var scripts && (scripts.Count == 0 || scripts[^1].Version < file.SchemaVersion)
                    ? $"{file.Name} has the schema {file.SchemaVersion:0000}, which this build does not know"
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            return $"{file.Name} cannot be read ({exception.Message})";
        }
    }
}
