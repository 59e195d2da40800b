using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>Which copy opens the gate to stage sql (rule M41).</summary>
public sealed class GateTests : IAsyncLifetime
{
    private readonly FastClock clock = new(20);
    private TestPlace place = null!;
    private TestEngine engine = null!;

    public async Task InitializeAsync()
    {
        place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync("watchlist:1", """["SPY"]"""u8.ToArray(), PutOptions.None, default);
        engine = TestEngine.On(place, store, clock);
    }

    public async Task DisposeAsync()
    {
        await engine.DisposeAsync();
        await place.DisposeAsync();
    }

    [Fact]
    public async Task ACopyFromBeforeTheLastWayBack_IsNone()
    {
        await BackfillAsync();
        Assert.Equal(Stage.Kv, (await engine.Get<RollBackGroup>().ExecuteAsync(engine.Group("signals"), Stage.Kv, TestEngine.Operator with { IsForced = false }, default)).Value.Stage);
        Assert.Equal(Stage.Copy, (await AdvanceAsync()).Value.Stage);

        Assert.Equal("GATE_CLOSED", (await AdvanceAsync()).Error?.Code);
        await BackfillAsync();
        Assert.Equal(Stage.Sql, (await AdvanceAsync()).Value.Stage);
    }

    [Fact]
    public async Task EnterCopy_OfAGroupThatAnotherInstanceHasCopiedMeanwhile_IsRefusedAndHandsNothingOver()
    {
        var seen = await engine.Get<StageDocuments>().FindOrChooseAsync(engine.Group("signals"), default);
        await BackfillAsync();

        var entered = await engine.Get<AdvanceGroup>().EnterCopyAsync(engine.Group("signals"), seen, TestEngine.Operator, default);

        Assert.Equal("STAGE_CHANGED", entered.Error?.Code);
        Assert.Equal(Stage.Copy, (await engine.Get<ChangeStage>().FindAsync(engine.Group("signals"), default)).Stage);
    }

    [Fact]
    public async Task AMinutesRunThatCameToNoEnd_TakesNothingFromTheCopyBeforeIt()
    {
        await BackfillAsync();
        await BreakOffAsync(MigrationRun.ByItself);

        Assert.Equal(Stage.Sql, (await AdvanceAsync()).Value.Stage);
    }

    [Fact]
    public async Task ACopyThatCameToNoEnd_IsNone()
    {
        Assert.Equal(Stage.Copy, (await AdvanceAsync()).Value.Stage);
        await BreakOffAsync("operator");

        Assert.Equal("GATE_CLOSED", (await AdvanceAsync()).Error?.Code);
    }

    private async Task BackfillAsync() =>
        Assert.Null((await engine.Get<BackfillGroup>().ExecuteAsync(engine.Operated("signals"), TestEngine.Operator, new SweepOptions(), default)).Error);

    /// <summary>Begins a copy that does not come to its end.</summary>
    private async Task BreakOffAsync(string startedBy)
    {
        var group = engine.Group("signals");
        var begun = await engine.Get<RunSweep>().BeginAsync(group, RunKind.Backfill, startedBy, default);
        await group.Runs.TryCancelAsync(begun.Value.Id, clock.GetInstant(), default);
    }

    private Task<Result<StageDocument>> AdvanceAsync() => engine.Get<AdvanceGroup>().ExecuteAsync(engine.Group("signals"), TestEngine.Operator, default);
}
