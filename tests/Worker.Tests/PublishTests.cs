using Xunit.Abstractions;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class PublishTests(ITestOutputHelper output)
{
    /// <summary>What a deployment may weigh, in bytes: it is copied to every new instance before that answers.</summary>
    private const long LargestSize = 34_000_000;

    [Fact]
    public async Task Publish_HasWhatTheHostLooksFor()
    {
        await PublishedApp.Published;

        Assert.All(
            ["host.json", "worker.config.json", "functions.metadata", "extensions.json", "Functions.dll", ".azurefunctions/function.deps.json"],
            file => Assert.True(File.Exists(Path.Combine(PublishedApp.Folder, file)), $"{file} is missing."));
    }

    [Fact]
    public async Task Publish_IsForOneRuntime_WithoutSettingsOfAMachine()
    {
        await PublishedApp.Published;

        Assert.False(Directory.Exists(Path.Combine(PublishedApp.Folder, "runtimes")));
        Assert.Single(Directory.GetFiles(PublishedApp.Folder, "*e_sqlite3*", SearchOption.AllDirectories), file => !file.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(PublishedApp.Folder, "local.settings*.json", SearchOption.AllDirectories));
    }

    [Fact]
    [Trait("Case", "F8")]
    public async Task Publish_IsSmall()
    {
        var duration = await PublishedApp.Published;
        var size = new DirectoryInfo(PublishedApp.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        output.WriteLine($"{size:N0} bytes, published in {duration.TotalSeconds:F0} s");

        Assert.InRange(size, 1, LargestSize);
    }
}
