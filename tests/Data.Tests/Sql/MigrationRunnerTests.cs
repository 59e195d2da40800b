using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Sql;

public sealed class MigrationRunnerTests : IAsyncLifetime
{
    private static readonly MigrationScript First = new(1, "first", "CREATE TABLE one (id {identity}, name TEXT);");
    private static readonly MigrationScript Second = new(2, "second", "CREATE TABLE two (id {identity}); INSERT INTO one (name) VALUES ('from two');");

    private readonly TempFolder folder = new();
    private readonly ManualClock clock = new("2026-11-21T09:30:00Z");
    private TradingDatabase database = null!;

    public Task InitializeAsync()
    {
        database = Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task MigrateAsync_AppliesWhatIsMissingOnce()
    {
        Assert.Equal([1L], (await MigrateAsync(First)).Select(applied => applied.Version));
        Assert.Equal([2L], (await MigrateAsync(First, Second)).Select(applied => applied.Version));
        Assert.Empty(await MigrateAsync(First, Second));

        Assert.Equal(["from two"], await database.QueryAsync<string>("SELECT name FROM one", null, CancellationToken.None));
    }

    [Fact]
    public async Task MigrateAsync_ByTwoInstancesAtOnce_AppliesEachFileOnce()
    {
        await using var other = Open();

        var both = await Task.WhenAll(
            Runner(database, First, Second).MigrateAsync(CancellationToken.None), Runner(other, First, Second).MigrateAsync(CancellationToken.None));

        Assert.Equal([1L, 2L], both.SelectMany(applied => applied).Select(applied => applied.Version).Order());
        Assert.Equal(["from two"], await database.QueryAsync<string>("SELECT name FROM one", null, CancellationToken.None));
    }

    [Fact]
    public async Task MigrateAsync_AFileThatFailsHalfWay_LeavesNothingOfIt()
    {
        var broken = Second with { Sql = "CREATE TABLE two (id {identity}); INSERT INTO missing VALUES (1);" };

        await Assert.ThrowsAsync<StorageException>(() => MigrateAsync(First, broken));

        Assert.Equal([2L], (await MigrateAsync(First, Second)).Select(applied => applied.Version));
    }

    [Fact]
    public async Task MigrateAsync_AnAppliedFileThatWasChanged_IsRefusedByName()
    {
        await MigrateAsync(First);

        var exception = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(First with { Sql = First.Sql + " -- changed" }));

        Assert.Contains("0001_first", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigrateAsync_OtherLineEnds_AreTheSameFile()
    {
        await MigrateAsync(First with { Sql = "CREATE TABLE one\n(id {identity});" });

        Assert.Empty(await MigrateAsync(First with { Sql = "CREATE TABLE one\r\n(id {identity});" }));
    }

    [Fact]
    public async Task MigrateAsync_ADatabaseNewerThanTheBuild_IsRefused()
    {
        await MigrateAsync(First, Second);

        var exception = await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(First));

        Assert.Contains("0002_second", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStatusAsync_TellsWhatIsAppliedAndWhatIsNot()
    {
        await MigrateAsync(First);

        var status = await Runner(database, First, Second).GetStatusAsync(CancellationToken.None);

        Assert.Equal(["0001 2026-11-21T09:30:00Z", "0002 "], status.Select(state => $"{state.Version:0000} {state.AppliedAt}"));
    }

    [Fact]
    public void LoadAll_TheMigrationsOfThisBuild_AreNumberedWithoutGapsAndHaveAWayBack()
    {
        var scripts = MigrationScript.LoadAll("trading");
        var resources = typeof(MigrationScript).Assembly.GetManifestResourceNames();

        Assert.Equal(Enumerable.Range(1, scripts.Count), scripts.Select(script => script.Version));
        Assert.All(scripts, script => Assert.Contains($"migrations/trading/{script.Version:0000}_{script.Name}.down.sql", resources));
    }

    private static MigrationRunner Runner(ModuleDatabase database, TimeProvider clock, params MigrationScript[] scripts) => new(database, scripts, clock);

    private MigrationRunner Runner(ModuleDatabase database, params MigrationScript[] scripts) => Runner(database, clock, scripts);

    private Task<IReadOnlyList<AppliedMigration>> MigrateAsync(params MigrationScript[] scripts) =>
        Runner(database, scripts).MigrateAsync(CancellationToken.None);

    private TradingDatabase Open() => new(new DatabaseOptions(folder.Path), NullLogger<TradingDatabase>.Instance);
}
