namespace TraderHub.Data.Sql;

/// <summary>The room on a disk.</summary>
/// <param name="FreeBytes">What this account may still fill.</param>
/// <param name="TotalBytes">All of it.</param>
public sealed record DiskRoom(long FreeBytes, long TotalBytes)
{
    /// <summary>The room on the disk of a file or folder; null when the system does not tell.</summary>
    public static DiskRoom? Find(string path)
    {
        try
        {
            var drive = new DriveInfo(ExistingFolderOf(Path.GetFullPath(path)));
            return new(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string ExistingFolderOf(string path)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } above)
        {
            path = above;
        }

        return path;
    }
}
