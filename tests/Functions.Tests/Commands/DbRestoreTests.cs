using TraderHub.Functions.Tests.Hosting;

namespace TraderHub.Functions.Tests.Commands;

public sealed class DbRestoreTests : DbCommandPlace
{
    [Theory]
    [Trait("Case", "A6")]
    [InlineData("worktime.db", "damaged")]
    [InlineData("worktime.db", "empty")]
    [InlineData("worktime.db", "missing")]
    [InlineData("kv.db", "damaged")]
    [InlineData("kv.db", "missing")]
    [InlineData("manifest.json", "damaged")]
    [InlineData("manifest.json", "missing")]
    public async Task Restore_WithOneCopyThatIsNotWhole_SaysSoInALineAndChangesNothing(string file, string fault)
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        Mark("new");
        Spoil(Path.Combine(Copies, file), fault);
        var before = Content();

        var run = await CommandRun.ExecuteAsync("db", "restore", Copies, "--data", Data);

        Assert.Equal(1, run.Exit);
        Assert.Contains(file, Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, Content());
        Assert.All(Modules, module => Assert.Equal("new", MarkOf(module)));
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Restore_OfAWholeBackup_BringsBackEveryModuleAndTheKeys()
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        Mark("new");

        await RunAsync("restore", Copies);

        Assert.All(Modules, module => Assert.Equal("old", MarkOf(module)));
        Assert.Empty(Directory.GetDirectories(Data, ".*"));
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Restore_KilledAtAnyMoment_LeavesAllOldOrAllNew()
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        foreach (var wait in new[] { 300, 500, 700, 900, 1100 })
        {
            Mark("new");
            await using (var restore = LocalHostProcess.Start(Folder.Path, $"db restore {Copies} --data {Data}"))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, CancellationToken.None);
                await restore.SignalAsync("KILL");
            }

            await RunAsync("status");
            Assert.Single(Modules.Select(MarkOf).Distinct());
            await RunAsync("restore", Copies);
        }
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task AnyCommand_AfterARestoreThatWasKilledWhenItHadDecided_FinishesIt()
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        Mark("new");
        var decided = Directory.CreateDirectory(Path.Combine(Data, ".replacing"));
        foreach (var module in Modules.Skip(2))
        {
            File.Copy(Path.Combine(Copies, $"{module}.db"), Path.Combine(decided.FullName, $"{module}.db"));
        }

        foreach (var module in Modules.Take(2))
        {
            File.Copy(Path.Combine(Copies, $"{module}.db"), Path.Combine(Data, $"{module}.db"), overwrite: true);
        }

        await RunAsync("status");

        Assert.All(Modules, module => Assert.Equal("old", MarkOf(module)));
        Assert.False(decided.Exists && Directory.Exists(decided.FullName));
    }
}
