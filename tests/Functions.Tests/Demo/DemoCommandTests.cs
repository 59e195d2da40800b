using TraderHub.Functions.Tests.Hosting;
using TraderHub.LocalHost.Demo;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task Demo_WithAKindOfAccountThatIsNone_NamesTheKinds()
    {
        using var folder = new TempFolder();
        await using var demo = LocalHostProcess.Start(folder.Path, "demo --account nobodys");

        Assert.Equal(2, await demo.WaitForExitAsync());
        Assert.Contains(demo.Errors, line => line.Contains("'unified'", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    [Trait("Case", "C1")]
    public async Task Demo_WhileAnotherRunsInTheFolder_SaysSoAndChangesNothing()
    {
        using var folder = new TempFolder();
        using var running = DemoSettings.RunAlone(Path.Combine(folder.Path, "demo-data"));
        await using var demo = LocalHostProcess.Start(folder.Path, "demo --urls http://127.0.0.1:0");

        Assert.Equal(1, await demo.WaitForExitAsync());
        Assert.Equal(["A demo runs in './demo-data' already. Stop it first, or name another folder with --data."], demo.Errors);
        Assert.Equal([".demo"], Directory.GetFileSystemEntries(Path.Combine(folder.Path, "demo-data")).Select(Path.GetFileName));
    }
}
