using TraderHub.Functions.Tests.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Commands;

public sealed class KvExportTests : IDisposable
{
    private const string Exported = """[{"name":"key","value":"1"}]""";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Case", "C3")]
    public async Task Export_ToADevice_LeavesItWhatItIs()
    {
        await PutAsync();

        var run = await RunAsync("export", "/dev/null");

        Assert.Equal((0, "", "1 keys exported"), (run.Exit, run.Output, run.Errors));
        Assert.Empty(await File.ReadAllBytesAsync("/dev/null"));
        Assert.False(File.Exists("/dev/null.incomplete"));
    }

    [Theory]
    [Trait("Case", "C3")]
    [InlineData("/dev/stdout")]
    [InlineData("link")]
    public async Task Export_ToAPipeOrALinkToOne_WritesTheKeysAndNothingElse(string file)
    {
        await PutAsync();
        File.CreateSymbolicLink(folder.File("link"), "/dev/stdout");

        await using var export = LocalHostProcess.Start(folder.Path, $"kv export {file} --data data");

        Assert.Equal(0, await export.WaitForExitAsync());
        Assert.Equal([Exported], export.Output);
        Assert.Equal(["1 keys exported"], export.Errors);
        Assert.Equal("/dev/stdout", new FileInfo(folder.File("link")).LinkTarget);
        Assert.NotNull(new FileInfo("/dev/stdout").LinkTarget);
    }

    [Theory]
    [Trait("Case", "C3")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_ToALinkToAFile_WritesTheFileAndKeepsTheLink(bool isThere)
    {
        await PutAsync();
        Directory.CreateDirectory(folder.File("elsewhere"));
        File.CreateSymbolicLink(folder.File("link"), "elsewhere/out.json");
        if (isThere)
        {
            await File.WriteAllTextAsync(folder.File("elsewhere/out.json"), "of before");
        }

        Assert.Equal(new(0, "1 keys exported", ""), await RunAsync("export", folder.File("link")));
        Assert.Equal("elsewhere/out.json", new FileInfo(folder.File("link")).LinkTarget);
        Assert.Equal(Exported, await File.ReadAllTextAsync(folder.File("elsewhere/out.json")));
        Assert.Equal(["data", "elsewhere", "elsewhere/out.json", "link"], Names());
    }

    [Fact]
    [Trait("Case", "C3")]
    public async Task Export_ThatFails_LeavesWhatWasThereAndNothingElse()
    {
        await PutAsync();
        await File.WriteAllTextAsync(folder.File("out.json"), "of before");
        Sql("ALTER TABLE kv_entries RENAME COLUMN value TO another");

        var run = await RunFailingAsync("export", folder.File("out.json"));

        Assert.NotEqual(0, run);
        Assert.Equal("of before", await File.ReadAllTextAsync(folder.File("out.json")));
        Assert.Equal(["data", "out.json"], Names());
    }

    private async Task PutAsync() => Assert.Equal(0, (await RunAsync("put", "key", "1")).Exit);

    private IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder.Path, path))
        .Where(name => !name.StartsWith("data/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private async Task<int> RunFailingAsync(params string[] arguments)
    {
        try
        {
            return (await RunAsync(arguments)).Exit;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            return 134;
        }
    }

    private void Sql(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("data/kv.db")};Pooling=False");
        connection.Open();
        Dapper.SqlMapper.Execute(connection, sql);
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.ExecuteAsync(["kv", .. arguments, "--data", folder.File("data")]);
}
