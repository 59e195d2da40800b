namespace TraderHub.Testing;

/// <summary>Files that are made once a run and copied for each test that needs them.</summary>
public sealed class FileTemplate
{
    private readonly Lazy<Task<TempFolder>> made;

    public FileTemplate(Func<string, Task> makeAsync) => made = new(async () =>
    {
        var folder = new TempFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        await makeAsync(folder.Path);
        return folder;
    });

    public async Task CopyToAsync(string folder)
    {
        foreach (var file in Directory.EnumerateFiles((await made.Value).Path))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }
}
