using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>Says what is wrong with a file where SQLite and the system name neither the file nor what to do.</summary>
internal static class SqliteFaults
{
    /// <summary>What to do with a file that is damaged.</summary>
    public const string DamageRemedy = "Put a backup in its place with 'db restore <directory>', or move it away to begin with an empty one.";

    private const int NoSpace = 28;

    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Says of a file that it holds nothing at all.</summary>
    public static DataFileException Empty(string path) =>
        new($"'{path}' is empty, which a database never is: its content is lost. {DamageRemedy}");

    /// <summary>A failure of a file's, in words for an operator; any other failure as it is.</summary>
    public static Exception Explain(string path, Exception exception) => exception switch
    {
        DataFileException => exception,
        SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT } => new DataFileException(
            $"'{path}' is damaged ({exception.Message}). {DamageRemedy}", exception),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } or IOException { HResult: NoSpace or NoSpaceOnWindows } => new DataFileException(
            $"There is no room left on the disk of '{path}' ({Room(path)}). Make room, and start again.", exception),
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } => new DataFileException(
            $"'{path}' cannot be read or written ({exception.Message}; {Room(path)}). Look at its disk, and start again.", exception),
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH } or UnauthorizedAccessException => new DataFileException(
            $"'{path}' cannot be opened for writing ({exception.Message}). Give this account the right to; the setting Database:Directory names the folder.", exception),
        IOException => new DataFileException(
            $"'{path}' cannot be opened for writing ({exception.Message}; {Room(path)}); the setting Database:Directory names the folder.", exception),
        _ => exception,
    };

    private static string Room(string path) => DiskRoom.Find(path) is { } room ? $"{room.FreeBytes / (1024 * 1024)} MB free" : "free space unknown";
}
