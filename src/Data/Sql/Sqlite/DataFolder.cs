using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// A process's use of a data folder. Hosts and commands share it; what replaces whole files needs it alone. The lock is the system's, on a file that stays: it ends
/// with the process, however that ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string LockFile = ".in-use";

    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    internal string Path { get; }

    /// <summary>Uses a folder beside others. What a replacement of its files has left half done is finished first.</summary>
    /// <exception cref="DataFileException">Somebody has the folder alone, or it cannot be written.</exception>
    internal static DataFolder Use(string path)
    {
        while (true)
        {
            var use = TryHold(path, FileAccess.Read, FileShare.Read)
                ?? throw new DataFileException($"The data folder '{path}' is being restored or rolled back by another command. Try again when that has ended.");
            if (!StagedFiles.AreCommitted(path))
            {
                return use;
            }

            use.Dispose();
            UseAlone(path).Dispose();
        }
    }

    /// <summary>Uses a folder that nobody else uses.</summary>
    /// <exception cref="DataFileException">Somebody uses it, or it cannot be written.</exception>
    internal static DataFolder UseAlone(string path)
    {
        var alone = TryHold(path, FileAccess.ReadWrite, FileShare.None)
            ?? throw new DataFileException($"The data folder '{path}' is in use by a host or another command. Stop it first; nothing was changed.");
        StagedFiles.Finish(path);
        return alone;
    }

    /// <summary>Whether somebody uses a folder at this moment.</summary>
    public static bool IsInUse(string path)
    {
        if (!File.Exists(System.IO.Path.Combine(path, LockFile)))
        {
            return false;
        }

        using var alone = TryHold(path, FileAccess.ReadWrite, FileShare.None);
        return alone is null;
    }

    /// <summary>Says of a folder that it cannot be written, and what to do.</summary>
    public static DataFileException CannotBeWritten(string path, Exception cause)
    {
        const string Remedy = "Give this account the right to, or name another folder with --data or Database:Directory.";

        ArgumentNullException.ThrowIfNull(cause);
        return new($"The data folder '{path}' cannot be written ({cause.Message}). {Remedy}", cause);
    }

    /// <inheritdoc />
    public void Dispose() => held.Dispose();

    private static DataFolder? TryHold(string path, FileAccess access, FileShare share)
    {
        var file = System.IO.Path.Combine(path, LockFile);
        try
        {
            PrivateFiles.CreateFolder(path);
            return new(path, PrivateFiles.Hold(file, access, share));
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(file))
        {
            // The system has no other word for a lock that another one holds.
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(path, exception);
        }
    }
}
