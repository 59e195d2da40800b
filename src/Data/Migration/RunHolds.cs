using System.Collections.Concurrent;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Migration;

/// <summary>
/// Tells on this machine whether the process of a run is gone: while it runs it holds the lock of a file in the data folder, which the system frees when the
/// process ends, however that happens. Where the folder cannot be written nothing is known, and a run that is silent is waited for.
/// </summary>
internal sealed class RunHolds(string dataFolder)
{
    private readonly ConcurrentDictionary<string, FileStream> held = new(StringComparer.Ordinal);

    /// <summary>Shows that this process has a run.</summary>
    public void Hold(string runId)
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(FileOf(runId))!);
            held[runId] = PrivateFiles.Hold(FileOf(runId), FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then others wait until the run has been silent for long enough.
        }
    }

    /// <summary>Ends that.</summary>
    public void Release(string runId)
    {
        if (held.TryRemove(runId, out var file))
        {
            Remove(FileOf(runId));
            file.Dispose();
        }
    }

    /// <summary>Whether a process on this machine had a run, and is gone.</summary>
    public bool IsGone(string runId)
    {
        var file = FileOf(runId);
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            PrivateFiles.Hold(file, FileAccess.ReadWrite, FileShare.None).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes what a process that is gone has left.</summary>
    public void Forget(string runId) => Remove(FileOf(runId));

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty file that nobody asks for again.
        }
    }

    private string FileOf(string runId) => Path.Combine(dataFolder, "runs", $"{runId}.lock");
}
