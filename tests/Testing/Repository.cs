namespace TraderHub.Testing;

/// <summary>The files of the checkout that the tests run in.</summary>
public static class Repository
{
    /// <summary>Where the checkout is.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The text of one of its files.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TraderHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
        }

        return folder.FullName;
    }
}
