using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What the bot's own migration got wrong, each as a whole migration to SQL alone: copied, verified, handed over, and read by its key.</summary>
public sealed class OriginalDefectsTests
{
    private const string Bought = """{"signalType":"BUY","ticker":"SPY","executionPrice":400.5,"executionDate":1763000000000}""";

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect1_WhatAChatHasThatIsNotSubscribed_IsNotLost(DatabaseProvider provider)
    {
        await using var move = await MoveAsync(
            provider,
            ("chat_ids", "[1]"),
            ("watchlist:2", """["SPY","QQQ"]"""),
            ("execution_history:2", $"[{Bought}]"),
            ("active_position:2", """{"ticker":"SPY","entryPrice":400.5}"""));

        await move.ToSqlAloneAsync();

        Assert.Equal("""["SPY","QQQ"]""", await move.ReadAsync("watchlist:2"));
        Assert.Equal($"[{Bought}]", await move.ReadAsync("execution_history:2"));
        Assert.Equal("""{"ticker":"SPY","entryPrice":400.5}""", await move.ReadAsync("active_position:2"));
        Assert.Equal("[1]", await move.ReadAsync("chat_ids"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect2_TwoInstancesThatCopyAtOnce_AndAThirdTime_DoubleNothing(DatabaseProvider provider)
    {
        await using var move = await MoveAsync(provider, [.. Enumerable.Range(1, 30).Select(chat => ($"execution_history:{chat}", $"[{Bought},{Bought}]"))]);
        await using var other = move.OpenAnother();

        var copied = await Task.WhenAll(move.BackfillAsync(), TestedMove.BackfillAsync(other));
        await move.BackfillAsync();

        Assert.Contains(copied, outcome => outcome.Error is null);
        Assert.All(copied, outcome => Assert.True(outcome.Error is null or { Code: "RUN_ACTIVE" or "STAGE_CHANGED" }, outcome.Error?.Detail));
        Assert.Equal([60L], await move.QueryAsync("SELECT COUNT(*) FROM executions"));
        await move.ToSqlAloneAsync();
        Assert.Equal($"[{Bought},{Bought}]", await move.ReadAsync("execution_history:30"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect3_WhatAConstraintRefuses_IsNamed_AndIsStillThere(DatabaseProvider provider)
    {
        const string Refused = """{"signalType":"HOLD","ticker":"SPY","executionPrice":400.5,"executionDate":1763000000000}""";
        await using var move = await MoveAsync(provider, ("execution_history:1", $"[{Bought},{Refused}]"));

        var copied = (await move.BackfillAsync()).Value;
        var report = await move.ToSqlAloneAsync();

        Assert.StartsWith("quarantined at 1: ", Assert.Single(copied.Keys).Class, StringComparison.Ordinal);
        Assert.Equal((0L, 1L), (report.Accounted.Copied, report.Accounted.Quarantined));
        Assert.Equal(1, report.Tables.Single(table => table.Table == "executions").D1Count);
        Assert.Equal($"[{Bought},{Refused}]", await move.ReadAsync("execution_history:1"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect4_AnIdAsNumberAndText_AndATickerInBothCases_AreNoDisagreement(DatabaseProvider provider)
    {
        await using var move = await MoveAsync(provider, ("chat_ids", """[123,"123"]"""), ("watchlist:123", """["spy","SPY"]"""));

        var report = await move.ToSqlAloneAsync();

        Assert.All(report.Tables, table => Assert.Equal((1L, 1L, true), (table.KvCount, table.D1Count, table.Match)));
        Assert.Equal("[123]", await move.ReadAsync("chat_ids"));
        Assert.Equal("""["SPY"]""", await move.ReadAsync("watchlist:123"));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect5_TheCachedIndex_IsFoundAfterwards(DatabaseProvider provider)
    {
        await using var move = await MoveAsync(provider, ("fear_greed_cache", """{"data":{"rating":"Greed","score":61.2},"timestamp":1795177860000}"""));

        var report = await move.ToSqlAloneAsync();

        Assert.Equal(1, report.Tables.Single(table => table.Table == "cache").D1Count);
        Assert.Equal(["fear_greed_index"], await move.Place.Signals.QueryAsync<string>("SELECT cache_key FROM cache", null, default));
        Assert.Contains("61.2", await move.ReadAsync("fear_greed_cache"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect6_AValueThatCannotBeRead_CostsOnlyItself_AndNothingIsCompletedUntilItIsSettled(DatabaseProvider provider)
    {
        await using var move = await MoveAsync(provider, ("chat_ids", "[1,"), ("watchlist:1", """["SPY"]"""), ("watchlist:2", "SPY"));

        var copied = (await move.BackfillAsync()).Value;
        var refused = await move.AdvanceAsync();

        Assert.True(copied.HasProblems);
        Assert.Equal(["chat_ids", "watchlist:2"], copied.Keys.Select(key => key.Key).Order());
        Assert.Equal([0L], await move.QueryAsync("SELECT completed FROM _migration_status"));
        Assert.Equal("GATE_CLOSED", refused.Error?.Code);

        await move.Store.PutAsync("chat_ids", "[1]"u8.ToArray(), PutOptions.None, default);
        Assert.Null((await move.Engine.Get<QuarantineKey>().ExecuteAsync("watchlist:2", default)).Error);
        await move.ToSqlAloneAsync();

        Assert.Equal([1L], await move.QueryAsync("SELECT completed FROM _migration_status"));
        Assert.Equal(("[1]", """["SPY"]""", "SPY"), (await move.ReadAsync("chat_ids"), await move.ReadAsync("watchlist:1"), await move.ReadAsync("watchlist:2")));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Defect7_UsersWithoutASubscription_AreNoDisagreement(DatabaseProvider provider)
    {
        await using var move = await MoveAsync(provider, ("chat_ids", "[1]"), ("watchlist:2", """["SPY"]"""), ("watchlist:3", "[]"));

        var report = await move.ToSqlAloneAsync();

        Assert.Equal((1L, 1L, true), report.Tables.Where(table => table.Table == "users").Select(table => (table.KvCount, table.D1Count, table.Match)).Single());
        Assert.Equal([3L], await move.QueryAsync("SELECT COUNT(*) FROM users"));
        Assert.Equal("[1]", await move.ReadAsync("chat_ids"));
    }

    private static async Task<TestedMove> MoveAsync(DatabaseProvider provider, params (string Key, string Value)[] keys)
    {
        var clock = new FastClock(10, new DateTimeOffset(2026, 11, 20, 12, 32, 0, TimeSpan.Zero));
        var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var store = new MemoryKeyValueStore(clock);
        foreach (var (key, value) in keys)
        {
            await store.PutAsync(key, Encoding.UTF8.GetBytes(value), PutOptions.None, default);
        }

        return new(place, store, TestEngine.On(place, store, clock), clock);
    }

    /// <summary>A group on its way.</summary>
    private sealed record TestedMove(TestPlace Place, MemoryKeyValueStore Store, TestEngine Engine, TimeProvider Clock) : IAsyncDisposable
    {
        private OperatedGroup Operated => Engine.Operated("signals");

        public TestEngine OpenAnother() => TestEngine.On(Place, Store, Clock);

        public Task<Result<Outcome>> BackfillAsync() => BackfillAsync(Engine);

        public static Task<Result<Outcome>> BackfillAsync(TestEngine engine) => engine.Get<BackfillGroup>()
            .ExecuteAsync(engine.Operated("signals"), TestEngine.Operator, new SweepOptions(), default);

        public Task<Result<StageDocument>> AdvanceAsync() => Engine.Get<AdvanceGroup>().ExecuteAsync(Operated.Group, TestEngine.Operator, default);

        /// <summary>The whole way; what a verification found before the keys were handed over is answered.</summary>
        public async Task<VerificationReport> ToSqlAloneAsync()
        {
            var copied = await BackfillAsync();
            Assert.False(copied.Value.HasProblems, copied.Value.Summary);
            var report = (await Engine.Get<VerifyGroup>().ExecuteAsync(Operated, "operator", progress: null, default)).Value;
            Assert.True(report.OverallSuccess, report.Summary);
            Assert.Equal(Stage.Sql, (await AdvanceAsync()).Value.Stage);
            Assert.Equal(Stage.SqlOnly, (await AdvanceAsync()).Value.Stage);
            return report;
        }

        public async Task<string?> ReadAsync(string key)
        {
            var read = await Engine.ReadAsync(key);
            Assert.True(read.IsFromSql);
            return Saving.TextOf(read.Value);
        }

        public Task<IReadOnlyList<long>> QueryAsync(string sql) => Place.Signals.QueryAsync<long>(sql, null, default);

        public async ValueTask DisposeAsync()
        {
            await Engine.DisposeAsync();
            await Place.DisposeAsync();
        }
    }
}
