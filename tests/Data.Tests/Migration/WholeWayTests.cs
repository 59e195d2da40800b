using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Soak.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>A group's whole way to SQL and back, on real databases, while two instances write to it.</summary>
[RunsLong]
public sealed class WholeWayTests
{
    private const int Chats = 40;

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ThereAndBack_UnderTraffic_LosesAndDoublesNothing(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new FastClock(10);
        var store = new MemoryKeyValueStore(clock);
        var expected = await FillAsync(store);
        await using var engine = TestEngine.On(place, store, clock);
        await using var other = TestEngine.On(place, store, clock);
        using var stop = new CancellationTokenSource();
        var traffic = new[] { engine, other }.SelectMany((one, i) => new[] { one.Get<Instances>().BeatUntilAsync(clock, stop.Token), WriteAsync(one, i, expected, stop.Token) }).ToList();
        var group = engine.Group("signals");

        Assert.Equal(Stage.Kv, (await engine.Get<StageDocuments>().FindOrChooseAsync(group, default)).Stage);
        await AdvanceAsync(engine, group, Stage.Copy);
        var backfill = await engine.Get<RunSweep>().ExecuteAsync(group, RunKind.Backfill, "operator", new SweepOptions(), null, default);
        Assert.Equal((RunStatus.Completed, 0L, 0L), (backfill.Value.Status, backfill.Value.Counters.Failed, backfill.Value.Counters.Unsettled));
        await AdvanceAsync(engine, group, Stage.Sql, percent: 10);
        await AdvanceAsync(engine, group, Stage.Sql, percent: 100);
        await AdvanceAsync(engine, group, Stage.SqlOnly);
        Assert.True(Directory.EnumerateFiles(place.Folder.File("exports"), "keys.json", SearchOption.AllDirectories).Any());
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None);
        foreach (var stage in new[] { Stage.Sql, Stage.Copy, Stage.Kv })
        {
            var moved = await engine.Get<RollBackGroup>().ExecuteAsync(group, stage, TestEngine.Operator with { IsForced = false }, default);
            Assert.Equal(stage, moved.Value.Stage);
        }

        await stop.CancelAsync();
        await Task.WhenAll(traffic);

        Assert.Empty(await other.Get<ReplayIntents>().ExecuteAsync(TimeSpan.Zero, default));
        Assert.True(expected.Values.Sum(words => words.Count) > Chats * 3, "Hardly anything was written.");
        foreach (var (key, prices) in expected)
        {
            var read = await other.ReadAsync(key);
            Assert.False(read.IsFromSql);
            var found = PricesOf(read.Value);
            Assert.Empty(prices.Except(found));
            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.Equal(found.Where(IsOfTwoKeys).Order(), await TickersOfAsync(other, key));
        }
    }

    private static bool IsOfTwoKeys(string price) => price.Length == 6 && int.Parse(price, CultureInfo.InvariantCulture) % 100_000 % 3 == 0;

    /// <summary>The prices that the watchlist of a history's chat knows.</summary>
    private static async Task<IEnumerable<string>> TickersOfAsync(TestEngine engine, string history)
    {
        var key = history.Replace("execution_history", "watchlist", StringComparison.Ordinal);
        var read = await engine.ReadAsync(key);
        using var document = System.Text.Json.JsonDocument.Parse(read.Value!.Value);
        return [.. document.RootElement.EnumerateArray().Select(one => one.GetString()!).Where(ticker => ticker.Length == 7).Select(ticker => ticker[1..]).Order()];
    }

    private static async Task AdvanceAsync(TestEngine engine, EntityGroup group, Stage to, int? percent = null)
    {
        var moved = await engine.Get<AdvanceGroup>().ExecuteAsync(group, TestEngine.Operator with { Percent = percent }, default);
        Assert.True(moved.Error is null, moved.Error?.Detail);
        Assert.Equal(to, moved.Value.Stage);
    }

    private static async Task<ConcurrentDictionary<string, ConcurrentBag<string>>> FillAsync(MemoryKeyValueStore store)
    {
        var expected = new ConcurrentDictionary<string, ConcurrentBag<string>>();
        for (var chat = 0; chat < Chats; chat++)
        {
            var key = $"execution_history:{chat}";
            expected[key] = ["1"];
            await store.PutAsync(key, Encoding.UTF8.GetBytes($"[{RecordBuy.Execution("1")}]"), PutOptions.None, default);
            await store.PutAsync($"watchlist:{chat}", """["SPY","AAPL"]"""u8.ToArray(), PutOptions.None, default);
        }

        return expected;
    }

    /// <summary>Each third write is one of two keys.</summary>
    private static async Task WriteAsync(TestEngine engine, int instance, ConcurrentDictionary<string, ConcurrentBag<string>> expected, CancellationToken stop)
    {
        var group = engine.Group("signals");
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var chat = i * 7 % Chats;
            var key = $"execution_history:{chat}";
            var price = string.Create(CultureInfo.InvariantCulture, $"{(instance + 1) * 100_000 + i}");
            var isWritten = i % 3 == 0 ? await BuyAsync(engine, group, chat, price) : await AppendAsync(engine, group, key, price);
            if (isWritten)
            {
                expected[key].Add(price);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task<bool> AppendAsync(TestEngine engine, EntityGroup group, string key, string price)
    {
        var written = await engine.Get<WriteKey>().ExecuteAsync(
            ManagedKey.Of(group, key),
            OperationId.Of(key, price),
            current => KeyChange.Put(RecordBuy.Append(current, RecordBuy.Execution(price))),
            CancellationToken.None);
        return written.Error is null;
    }

    private static async Task<bool> BuyAsync(TestEngine engine, EntityGroup group, int chat, string price)
    {
        var buy = new MultiKeyWrite(group, OperationId.Of("buy", price), RecordBuy.Kind, RecordBuy.Kind.Write(new(chat, price)));
        return (await engine.Get<WriteKeys>().ExecuteAsync(buy, CancellationToken.None)).Error is null;
    }

    private static List<string> PricesOf(ReadOnlyMemory<byte>? value)
    {
        using var document = System.Text.Json.JsonDocument.Parse(value!.Value);
        return [.. document.RootElement.EnumerateArray().Select(one => one.GetProperty("executionPrice").GetRawText())];
    }
}
