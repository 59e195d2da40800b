namespace TraderHub.Testing;

/// <summary>Files that are made once a run, kept in memory, and written for each test that needs them.</summary>
public sealed class FileTemplate(Func<string, Task> makeAsync)
{
    private readonly Lazy<Task<List<(string Name, byte[] Content)>>> files = new(() => MakeAsync(makeAsync));

    public async Task CopyToAsync(string folder)
    {
        foreach (var (name, content) in await files.Value)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
        }
    }

    private static async Task<List<(string Name, byte[] Content)>> MakeAsync(Func<string, Task> makeAsync)
    {
        using var folder = new TempFolder();
        await makeAsync(folder.Path);
        return [.. Directory.EnumerateFiles(folder.Path).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];
    }
}
