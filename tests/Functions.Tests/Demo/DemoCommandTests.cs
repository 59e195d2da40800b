using TraderHub.Functions.Tests.Hosting;
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
}
