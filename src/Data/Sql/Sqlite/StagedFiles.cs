using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// Files that are made ready in a folder of their own and then replace those of the data folder, all or none. The rename of their folder decides: whoever was
/// killed before it has changed nothing, and what was left to do after it is done by whoever uses the data folder next.
/// </summary>
internal sealed class StagedFiles : IDisposable
{
    private const string Incoming = ".incoming";

    private const string Committed = ".replacing";

    private readonly string folder;

    private StagedFiles(string folder)
    {
        this.folder = folder;
        Path = System.IO.Path.Combine(folder, Incoming);
        PrivateFiles.CreateFolder(Path);
    }

    /// <summary>Where the files are made ready.</summary>
    public string Path { get; }

    /// <summary>Begins to make files ready for a folder that this process uses alone.</summary>
    public static StagedFiles Begin(DataFolder alone) => new(alone.Path);

    /// <summary>Whether files of a folder wait to be put in their places.</summary>
    public static bool AreCommitted(string folder) => Directory.Exists(System.IO.Path.Combine(folder, Committed));

    /// <summary>Puts files that are committed in their places, and removes what was made ready and never committed. The folder is used alone.</summary>
    public static void Finish(string folder)
    {
        var committed = System.IO.Path.Combine(folder, Committed);
        if (Directory.Exists(committed))
        {
            foreach (var file in Directory.GetFiles(committed, "*.db"))
            {
                // The logs of the file that goes would be played into the one that comes.
                var target = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file));
                File.Delete($"{target}-wal");
                File.Delete($"{target}-shm");
                File.Move(file, target, overwrite: true);
            }

            Directory.Delete(committed, recursive: true);
        }

        Remove(System.IO.Path.Combine(folder, Incoming));
    }

    /// <summary>Replaces the files of the data folder by those that are ready; nobody has these open.</summary>
    public void Commit()
    {
        foreach (var file in Directory.GetFiles(Path, "*.db"))
        {
            SqliteCopies.Seal(file);
        }

        Directory.Move(Path, System.IO.Path.Combine(folder, Committed));
        Finish(folder);
    }

    public void Dispose() => Remove(Path);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
