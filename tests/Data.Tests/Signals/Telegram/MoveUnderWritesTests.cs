using System.Globalization;
using System.Text;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;
using TraderHub.Core.Signals.Telegram.Moves;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>Whoever writes to a group's old id while it moves, and after, loses nothing.</summary>
public sealed class MoveUnderWritesTests
{
    private const string Old = "-4011";
    private const string New = "-1001557900011";

    public static IEnumerable<object[]> BothInEveryStage =>
        from provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres }
        from stage in Enum.GetValues<Stage>()
        select new object[] { provider, stage };

    [SkippableTheory]
    [MemberData(nameof(BothInEveryStage))]
    [Trait("Case", "S01")]
    public async Task ExecuteAsync_WhileOthersWriteToTheOldId_KeepsEveryAcknowledgedWriteOnce(DatabaseProvider provider, Stage stage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var clock = new FastClock(5);
        var store = new MemoryKeyValueStore(clock);
        await store.PutAsync("chat_ids", Encoding.UTF8.GetBytes($"[{Old}]"), PutOptions.None, default);
        await using var engine = TestEngine.On(place, store, clock);
        await using var other = TestEngine.On(place, store, clock);
        await engine.MoveToAsync(stage);
        var acknowledged = new List<double>();
        var writers = new[] { engine, other }.Select((instance, i) => Task.Run(async () =>
        {
            for (var n = 0; n < 12; n++)
            {
                double price = 1 + (i * 100) + n;
                var change = new RecordExecution(Old, new ExecutedSignal("BUY", "SPY", price, 1795253400000 + n, null));
                var operation = OperationId.Of("test", price.ToString(CultureInfo.InvariantCulture));
                if (await TryAsync(async () => (await instance.Get<IChatStore>().WriteAsync(operation, change, prepared: null, isRetry: false, default)).Error is null))
                {
                    lock (acknowledged)
                    {
                        acknowledged.Add(price);
                    }
                }
            }
        })).ToList();

        await Task.WhenAll(new[] { engine, other }.Select(instance => AgainAsync(async () =>
        {
            await instance.Get<MoveChat>().ExecuteAsync(Old, New, default);
            return true;
        })));
        await Task.WhenAll(writers);
        await AgainAsync(async () =>
        {
            await engine.Get<MoveChat>().MoveLateAsync(Old, New, OperationId.Of("the last"), default);
            return true;
        });

        var moved = await engine.Get<IChatStore>().ReadAsync(New, default);
        var prices = moved.Executions.Select(execution => execution.ExecutionPrice).ToList();
        Assert.Empty(acknowledged.Except(prices));
        Assert.Equal(prices.Distinct().Count(), prices.Count);
        Assert.NotEmpty(acknowledged);
        Assert.True(moved.IsSubscribed);
        Assert.Equal("SPY", Assert.Single(moved.Positions).Ticker);
        var left = await engine.Get<IChatStore>().ReadAsync(Old, default);
        Assert.True(left is { IsSubscribed: false, Executions: [], Positions: [] });
    }

    /// <summary>A write that was not moved is not acknowledged. Who repeats it needs its versions on record: so many others follow here that its name is forgotten.</summary>
    private static async Task<bool> TryAsync(Func<Task<bool>> write)
    {
        try
        {
            return await write();
        }
        catch (UnavailableException)
        {
            return false;
        }
    }

    /// <summary>What a store did not acknowledge is repeated, as an update is.</summary>
    private static async Task<bool> AgainAsync(Func<Task<bool>> work)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await work();
            }
            catch (UnavailableException) when (i < 10)
            {
                // The next try goes on.
            }
        }
    }
}
