using Dapper;
using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>Copies of a SQLite file: made while it is in use, and only ever put back whole.</summary>
internal static class SqliteCopies
{
    /// <summary>Copies a file into a folder and checks the copy; its path is returned.</summary>
    /// <exception cref="IOException">There is a copy in the folder already, or the new one is damaged.</exception>
    public static string BackUp(SqliteFile file, string directory)
    {
        Directory.CreateDirectory(directory);
        var target = Path.Combine(directory, Path.GetFileName(file.Path));
        if (File.Exists(target))
        {
            throw new IOException($"'{target}' is there already; a backup never overwrites another.");
        }

        using (var source = file.Open())
        using (var copy = new SqliteConnection($"Data Source={target};Pooling=False"))
        {
            copy.Open();
            source.BackupDatabase(copy);

            // One file, that can be moved as it is.
            copy.Execute("PRAGMA journal_mode = DELETE");
        }

        Check(target);
        return target;
    }

    /// <summary>Puts the copy of a folder in the place of a file that nobody uses.</summary>
    /// <exception cref="IOException">There is no copy, it is damaged, or the file is in use.</exception>
    public static void Restore(SqliteFile file, string directory)
    {
        var copy = Path.Combine(directory, Path.GetFileName(file.Path));
        if (!File.Exists(copy))
        {
            throw new IOException($"There is no '{copy}' to restore.");
        }

        Check(copy);
        RequireUnused(file);
        file.ClosePool();

        // Under another name first: a restore that is interrupted leaves the old file or the new one, never half of it.
        var incoming = $"{file.Path}.restoring";
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        File.Copy(copy, incoming, overwrite: true);
        File.Delete($"{file.Path}-wal");
        File.Delete($"{file.Path}-shm");
        File.Move(incoming, file.Path, overwrite: true);
    }

    private static void Check(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var verdict = connection.QueryFirst<string>("PRAGMA integrity_check");
        if (verdict != "ok")
        {
            throw new IOException($"'{path}' is damaged: {verdict}");
        }
    }

    private static void RequireUnused(SqliteFile file)
    {
        if (!File.Exists(file.Path))
        {
            return;
        }

        using var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False;Default Timeout=1");
        connection.Open();
        try
        {
            // Leaving the write-ahead log needs every other connection closed, also one that only reads.
            connection.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException exception)
        {
            throw new IOException($"'{file.Path}' is in use; stop the host first.", exception);
        }
    }
}
