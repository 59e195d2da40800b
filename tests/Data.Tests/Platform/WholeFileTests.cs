using TraderHub.Data.Platform;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Platform;

public sealed class WholeFileTests
{
    [Fact]
    [Trait("Case", "A14")]
    public void Dispose_WithoutACommit_LeavesWhatWasThereAndNothingElse()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("file"), "of before");

        using (var whole = new WholeFile(folder.File("file")))
        {
            whole.Stream.Write(new byte[100_000]);
        }

        Assert.Equal("of before", File.ReadAllText(folder.File("file")));
        Assert.Equal([folder.File("file")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    [Trait("Case", "A14")]
    public void WriteText_OverALink_WritesTheFileAndKeepsTheLink()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.File("link"), "file");

        PrivateFiles.WriteText(folder.File("link"), "ä");

        Assert.Equal("file", new FileInfo(folder.File("link")).LinkTarget);
        Assert.Equal([0xC3, 0xA4], File.ReadAllBytes(folder.File("file")));
    }
}
