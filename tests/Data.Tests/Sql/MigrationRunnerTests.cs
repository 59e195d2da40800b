using TraderHub.Core.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Sql;

public sealed class MigrationRunnerTests
{
    private static readonly MigrationScript First = new(1, "first", "CREATE TABLE one (id {identity}, name TEXT);", "DROP TABLE one;");
    private static readonly MigrationScript Second =
        new(2, "second", "CREATE TABLE two (id {identity}); INSERT INTO one (name) VALUES ('from two');", "DROP TABLE two; DELETE FROM one;");

    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MigrateAsync_AppliesWhatIsMissingOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);

        Assert.Equal([1], await MigrateAsync(place, First));
        Assert.Equal([2], await MigrateAsync(place, First, Second));
        Assert.Empty(await MigrateAsync(place, First, Second));

        Assert.Equal(["from two"], await place.QueryAsync<string>("SELECT name FROM one"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MigrateAsync_ByTwoInstancesAtOnce_AppliesEachFileOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);

        var both = await Task.WhenAll(
            new MigrationRunner(place.Trading, [First, Second], Clock).MigrateAsync(CancellationToken.None),
            new MigrationRunner(place.OpenAnother(), [First, Second], Clock).MigrateAsync(CancellationToken.None));

        Assert.Equal([1, 2], both.SelectMany(applied => applied).Select(applied => applied.Version).Order());
        Assert.Equal(["from two"], await place.QueryAsync<string>("SELECT name FROM one"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MigrateAsync_AFileThatFailsHalfWay_LeavesNothingOfIt(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        var broken = Second with { Sql = "CREATE TABLE two (id {identity}); INSERT INTO missing VALUES (1);" };

        await Assert.ThrowsAsync<StorageException>(() => MigrateAsync(place, First, broken));

        Assert.Equal([2], await MigrateAsync(place, First, Second));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ADatabase_ThatIsNotThisBuildsHistory_IsRefusedByName(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        await MigrateAsync(place, First, Second);

        await AssertRefusedAsync("0001_first was applied with another text", First with { Sql = First.Sql + " -- changed" }, Second);
        await AssertRefusedAsync("0002_second is applied, and this build does not have it", First);
        await place.Trading.ExecuteAsync("DELETE FROM schema_migrations WHERE version = 1", null, CancellationToken.None);
        await AssertRefusedAsync("0002_second is applied, and 0001_first before it is not", First, Second);

        async Task AssertRefusedAsync(string reason, params MigrationScript[] scripts) => Assert.Contains(
            reason, (await Assert.ThrowsAsync<MigrationException>(() => MigrateAsync(place, scripts))).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task RollBackAsync_TakesBackTheNewestFirst_AndMigratingAgainIsTheSame(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        var runner = new MigrationRunner(place.Trading, [First, Second], Clock);
        await runner.MigrateAsync(CancellationToken.None);

        Assert.Equal([2], (await runner.RollBackAsync(1, CancellationToken.None)).Select(removed => removed.Version));
        Assert.Empty(await place.QueryAsync<string>("SELECT name FROM one"));
        Assert.Equal([1], (await runner.RollBackAsync(0, CancellationToken.None)).Select(removed => removed.Version));

        Assert.Equal([1, 2], await MigrateAsync(place, First, Second));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheMigrationsOfThisBuild_GoAllTheWayBackAndUpAgain(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        foreach (var database in new ModuleDatabase[] { place.Trading, place.Jobs })
        {
            var runner = new MigrationRunner(database, Clock);
            var up = await runner.MigrateAsync(CancellationToken.None);

            Assert.Equal(up.Count, (await runner.RollBackAsync(0, CancellationToken.None)).Count);
            Assert.Equal(up.Count, (await runner.MigrateAsync(CancellationToken.None)).Count);
            await runner.RequireMigratedAsync(CancellationToken.None);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnAdoptedDatabase_KeepsEveryRow_AndNoRollbackDropsItsTables(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        var before = new MigrationRunner(place.Jobs, [MigrationScript.LoadAll("jobs")[0]], Clock);
        await before.MigrateAsync(CancellationToken.None);
        await place.Jobs.ExecuteAsync(
            "INSERT INTO job_executions (job_type, status, executed_at) VALUES ('analysis', 'success', '2026-01-08T12:00:00.000Z'); DROP TABLE schema_migrations",
            null,
            CancellationToken.None);

        var applied = await new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None);
        Assert.True(applied[0].IsAdopted);
        await new MigrationRunner(place.Jobs, Clock).RollBackAsync(0, CancellationToken.None);
        await new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None);

        Assert.Equal(["analysis"], await place.Jobs.QueryAsync<string>("SELECT job_type FROM job_executions", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ADatabase_WithOnlySomeOfTheTablesToAdopt_IsRefused(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        await place.Jobs.PrepareAsync(CancellationToken.None);
        await place.Jobs.ExecuteAsync("CREATE TABLE daily_analysis (id BIGINT)", null, CancellationToken.None);

        var exception = await Assert.ThrowsAsync<MigrationException>(() => new MigrationRunner(place.Jobs, Clock).MigrateAsync(CancellationToken.None));

        Assert.Contains("lacks job_executions, symbol_predictions", exception.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AddColumnIfMissing_AddsWhatIsMissingAndLeavesWhatIsThere(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        var columns = new MigrationScript(
            2, "columns", "-- add-column-if-missing: one name TEXT\n-- add-column-if-missing: one score BIGINT NOT NULL DEFAULT 7\n", "ALTER TABLE one DROP COLUMN score");

        await MigrateAsync(place, First, columns);
        await place.Trading.ExecuteAsync("INSERT INTO one (name) VALUES ('x')", null, CancellationToken.None);

        Assert.Equal([7L], await place.QueryAsync<long>("SELECT score FROM one WHERE name = 'x'"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task RequireMigratedAsync_ADatabaseThatStillWaits_IsNamedWithItsCure(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        await MigrateAsync(place, First);

        var exception = await Assert.ThrowsAsync<MigrationException>(
            () => new MigrationRunner(place.Trading, [First, Second], Clock).RequireMigratedAsync(CancellationToken.None));

        Assert.Contains("lacks 0002_second. Run 'db migrate'", exception.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task GetStatusAsync_TellsWhatIsAppliedAndWhatIsNot(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        await MigrateAsync(place, First);

        var status = await new MigrationRunner(place.Trading, [First, Second], Clock).GetStatusAsync(CancellationToken.None);

        Assert.Equal(["0001 2026-11-21T09:30:00Z", "0002 "], status.Select(state => $"{state.Version:0000} {state.AppliedAt}"));
    }

    [Fact]
    public void Checksum_OfOtherLineEnds_IsTheSame() => Assert.Equal(
        (First with { Sql = "CREATE TABLE one\n(id {identity});" }).Checksum, (First with { Sql = "CREATE TABLE one\r\n(id {identity});" }).Checksum);

    [Theory]
    [InlineData("trading")]
    [InlineData("jobs")]
    public void LoadAll_TheMigrationsOfThisBuild_AreNumberedWithoutGapsAndHaveAWayBack(string module)
    {
        var scripts = MigrationScript.LoadAll(module);

        Assert.Equal(Enumerable.Range(1, scripts.Count), scripts.Select(script => script.Version));
        Assert.All(scripts, script => Assert.NotEmpty(script.Down));
    }

    private static async Task<IReadOnlyList<int>> MigrateAsync(TestPlace place, params MigrationScript[] scripts) =>
        (await new MigrationRunner(place.Trading, scripts, Clock).MigrateAsync(CancellationToken.None)).Select(applied => applied.Version).ToList();
}
