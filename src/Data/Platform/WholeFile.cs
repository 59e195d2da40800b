namespace TraderHub.Data.Platform;

/// <summary>
/// A private file that is there when it is whole, and not before: it is written beside its place and put there at the end. Whoever fails
/// on the way leaves what was there as it was. A link is followed, and stays.
/// </summary>
public sealed class WholeFile : IDisposable
{
    private readonly string path;
    private readonly string incomplete;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will be.</param>
    public WholeFile(string path)
    {
        var full = Path.GetFullPath(path);
        this.path = new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full;
        incomplete = $"{this.path}.incomplete";
        Stream = PrivateFiles.Create(incomplete);
    }

    /// <summary>What it is written to.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts it in its place.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(incomplete, path, overwrite: true);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        finally
        {
            File.Delete(incomplete);
        }
    }
}
