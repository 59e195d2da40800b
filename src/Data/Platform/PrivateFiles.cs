using System.Text;

namespace TraderHub.Data.Platform;

/// <summary>
/// Folders and files that only the account of this process can read, whatever its umask (rule O8). On Windows a new file has the rights of its folder, and nothing is done.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it, where there is none; one that is there keeps its rights.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Makes a file, or empties it, and opens it for writing.</summary>
    public static FileStream Create(string path)
    {
        var stream = new FileStream(path, Private(new FileStreamOptions { Mode = System.IO.FileMode.Create, Access = FileAccess.Write }));
        Restrict(path);
        return stream;
    }

    /// <summary>Writes a text into a file of its own, whole or not at all.</summary>
    public static void WriteText(string path, string text)
    {
        using var whole = new WholeFile(path);
        whole.Stream.Write(Encoding.UTF8.GetBytes(text));
        whole.Commit();
    }

    /// <summary>Opens a file, made empty where there is none, in order to hold it.</summary>
    public static FileStream Hold(string path, FileAccess access, FileShare share) =>
        new(path, Private(new FileStreamOptions { Mode = System.IO.FileMode.OpenOrCreate, Access = access, Share = share }));

    /// <summary>Takes from others what rights they have on a file; one that is not there, or belongs to another account, is left alone.</summary>
    internal static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~FileMode) == 0)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, FileMode);
        }
        catch (UnauthorizedAccessException)
        {
            // Its owner has decided who may read it.
        }
    }

    private static FileStreamOptions Private(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return options;
    }
}
