using System.Text;
using Microsoft.Data.Sqlite;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Migration.Watching;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What is watched while a group is under way, and what is done about it (rule M39).</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private readonly FastClock clock = new(10);
    private TestPlace place = null!;
    private MemoryKeyValueStore store = null!;

    public async Task InitializeAsync()
    {
        place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        store = new MemoryKeyValueStore(clock);
        await store.PutAsync("watchlist:1", Encoding.UTF8.GetBytes("""["SPY"]"""), PutOptions.None, default);
    }

    public async Task DisposeAsync() => await place.DisposeAsync();

    [Theory]
    [InlineData(100, 6, true)]
    [InlineData(100, 5, false)]
    [InlineData(99, 99, false)]
    public async Task WritesThatFail_AreToldTheSecondTime_WhenThereAreEnoughOfThem(int writes, int failed, bool isTold)
    {
        await using var engine = await CopyingAsync();
        await using var other = TestEngine.On(place, store, clock);
        await WriteAsync(engine, writes / 2, 0);
        await WriteAsync(other, writes - (writes / 2), failed);

        Assert.Empty(await engine.Get<WatchGroups>().ExecuteAsync(default));
        var alerts = await engine.Get<WatchGroups>().ExecuteAsync(default);

        Assert.Equal(isTold, alerts is [{ Group: "signals", Action: null }]);
        Assert.Equal(Stage.Copy, (await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default)).Stage);
    }

    [Fact]
    public async Task WithAutoRollback_TheGroupMovesBackOneStage_AndSaysWhy()
    {
        await using var engine = await CopyingAsync(("Migration:AutoRollback", "true"));
        Assert.Equal(Stage.Sql, (await engine.Get<AdvanceGroup>().ExecuteAsync(engine.Group("signals"), TestEngine.Operator, default)).Value.Stage);
        await WriteAsync(engine, 100, 100);
        await engine.Get<WatchGroups>().ExecuteAsync(default);

        var alerts = await engine.Get<WatchGroups>().ExecuteAsync(default);

        var stage = await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default);
        Assert.Equal("It was moved back to stage copy.", Assert.Single(alerts).Action);
        Assert.Equal((Stage.Copy, MigrationRun.ByItself, "Of 100 writes to SQL 100 failed."), (stage.Stage, stage.ChangedBy, stage.Reason));
        Assert.Empty(await engine.Get<WatchGroups>().ExecuteAsync(default));
    }

    [Fact]
    public async Task WithAutoRollback_AndSqlThatTakesNoWrites_TheGroupMovesBackOneStageToo()
    {
        await using var engine = await CopyingAsync(("Migration:AutoRollback", "true"));
        await engine.Get<AdvanceGroup>().ExecuteAsync(engine.Group("signals"), TestEngine.Operator, default);
        await WriteAsync(engine, 100, 100);
        await engine.Get<WatchGroups>().ExecuteAsync(default);
        await using var holder = await HoldWritesAsync();

        var alerts = await engine.Get<WatchGroups>().ExecuteAsync(default);

        var stage = await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default);
        Assert.Equal(("It was moved back to stage copy.", Stage.Copy), (Assert.Single(alerts).Action, stage.Stage));
        Assert.False(KeyHead.Read((await store.GetWithMetadataAsync("watchlist:1", default))!.Metadata)!.IsOwnedBySql);
    }

    [Fact]
    public async Task SlowSql_AndDifferentValues_AreTold()
    {
        await using var engine = await CopyingAsync();
        await engine.Get<Instances>().BeatAsync(default);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => engine.Get<EngineFigures>().NoteSqlAsync("signals", isWrite: false, _ => false, WaitAsync)));
        await engine.Get<Instances>().BeatAsync(default);
        await place.Signals.ExecuteAsync("UPDATE watchlists SET ticker = 'QQQ'", null, default);
        await engine.Get<VerifyGroup>().ExecuteAsync(engine.Operated("signals"), "operator", null, default);
        await engine.Get<WatchGroups>().ExecuteAsync(default);

        var alert = Assert.Single(await engine.Get<WatchGroups>().ExecuteAsync(default));

        Assert.Equal(["SQL's p95 is above 200 ms, over 100 calls.", "1 keys have different values in both stores."], alert.Breaches);

        async Task<int> WaitAsync()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
            return 0;
        }
    }

    [Fact]
    public async Task AnInstanceThatDied_TellsNothingAnyMore()
    {
        await using var engine = await CopyingAsync();
        await using (var other = TestEngine.On(place, store, clock))
        {
            await WriteAsync(other, 100, 100);
        }

        Assert.Empty(await engine.Get<WatchGroups>().ExecuteAsync(default));
        await Task.Delay(TimeSpan.FromSeconds(16), clock, CancellationToken.None);
        Assert.Empty(await engine.Get<WatchGroups>().ExecuteAsync(default));
    }

    [Fact]
    public async Task WhereNoInstanceTells_NothingIsOutOfBounds()
    {
        await using var engine = await CopyingAsync();

        Assert.Empty(await engine.Get<WatchGroups>().ExecuteAsync(default));
        Assert.Empty(await engine.Get<WatchGroups>().ExecuteAsync(default));
        var status = await engine.Get<ReadGroupStatus>().ExecuteAsync(engine.Operated("signals"), default);
        Assert.Null(status.Watch);
    }

    /// <summary>An engine whose group is copied, and which nobody has used yet.</summary>
    private async Task<TestEngine> CopyingAsync(params (string Key, string Value)[] settings)
    {
        var engine = TestEngine.On(place, store, clock, settings);
        await engine.Get<AdvanceGroup>().ExecuteAsync(engine.Group("signals"), TestEngine.Operator, default);
        await engine.Get<RunSweep>().ExecuteAsync(engine.Group("signals"), RunKind.Backfill, "operator", new(), null, default);
        return engine;
    }

    /// <summary>Another program that does not let go of the database.</summary>
    private async Task<SqliteConnection> HoldWritesAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(place.Options.Directory, "signals.db")}");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task WriteAsync(TestEngine engine, int writes, int failed)
    {
        await engine.Get<Instances>().BeatAsync(default);
        for (var i = 0; i < writes; i++)
        {
            var fails = i < failed;
            Task write = engine.Get<EngineFigures>()
                .NoteSqlAsync("signals", isWrite: true, _ => false, () => fails ? throw new StorageException("signals", "commit", null) : Task.FromResult(0));
            await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await engine.Get<Instances>().BeatAsync(default);
    }
}
