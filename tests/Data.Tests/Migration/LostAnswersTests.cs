using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Core.Tests.Migration.Model;
using TraderHub.Data.KeyValue;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.KeyValue.Table;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.KeyValue;
using TraderHub.Soak.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>The whole way to SQL alone and back while the answers of many writes to Table Storage are lost after these were carried out.</summary>
[RunsLong]
public sealed class LostAnswersTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const int Seed = 7;

    private const int Writers = 4;

    private readonly FastClock clock = new(5);

    private readonly Ledger ledger = new();

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ThereAndBack_WhenAnswersAreLost_LosesAndDoublesNothing(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var tables = await azurite.GetAsync();
        var faults = MemoryFaults.AtRate(0.4, Seed);
        await using var proxy = await LossyProxy.StartAsync(tables.Endpoint, () => faults() == MemoryFault.LostAnswer);
        var store = Open(tables.ConnectionString.Replace(tables.Endpoint.Authority, proxy.Address.Authority, StringComparison.Ordinal));
        var (first, price) = ledger.AddFirst();
        await store.PutAsync(first, Executions.Append(null, price), PutOptions.None, default);
        await using var engine = TestEngine.On(place, store, clock);
        await using var other = TestEngine.On(place, store, clock);
        using var stop = new CancellationTokenSource();
        var living = Task.WhenAll(new[] { engine, other }.Select(one => one.Get<Instances>().BeatUntilAsync(clock, stop.Token)));
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer % 2 == 0 ? engine : other, new Dice(writer), stop.Token)));

        await GoThereAsync(engine);
        await GoBackAsync(engine);
        await stop.CancelAsync();
        await writing;
        await living;

        Assert.InRange(proxy.Lost, 5, int.MaxValue);
        Assert.InRange(ledger.Acknowledged, 10, int.MaxValue);
        foreach (var key in ledger.Keys)
        {
            var read = await other.ReadAsync(key.Name);
            Assert.Empty(key.FindProblems(Executions.PricesOf(read.Value)));
        }
    }

    private async Task GoThereAsync(TestEngine engine)
    {
        await GoAsync(engine, stage => stage.Stage == Stage.Copy, AdvanceAsync(null));
        var isCopied = false;
        await GoAsync(engine, _ => isCopied, async (group, _) =>
        {
            var run = await engine.Get<RunSweep>().ExecuteAsync(group, RunKind.Backfill, "operator", new SweepOptions(), null, default);
            isCopied = run.Error is null && run.Value.Counters is { Unsettled: 0, Mismatched: 0, Failed: 0 };
            return run.Error;
        });
        foreach (var percent in new[] { 1, 10, 100 })
        {
            await GoAsync(engine, stage => stage.Percent == percent, AdvanceAsync(percent));
        }

        await GoAsync(engine, stage => stage.IsSqlOnly, AdvanceAsync(null));

        Func<EntityGroup, StageDocument, Task<Error?>> AdvanceAsync(int? percent) => async (group, _) =>
            (await engine.Get<AdvanceGroup>().ExecuteAsync(group, TestEngine.Operator with { Percent = percent }, default)).Error;
    }

    private Task GoBackAsync(TestEngine engine) => GoAsync(
        engine,
        stage => stage.Stage == Stage.Kv,
        async (group, stage) => (await engine.Get<RollBackGroup>().ExecuteAsync(group, stage.Stage - 1, TestEngine.Operator with { IsForced = false }, default)).Error);

    /// <summary>A step whose answer was lost may have been done: where the group stands tells.</summary>
    private async Task GoAsync(TestEngine engine, Func<StageDocument, bool> isThere, Func<EntityGroup, StageDocument, Task<Error?>> step)
    {
        var group = engine.Group("signals");
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                var stage = await engine.Get<ChangeStage>().FindAsync(group, default);
                Assert.Null(stage.FrozenBecause);
                if (isThere(stage))
                {
                    return;
                }

                await step(group, stage);
            }
            catch (Exception exception) when (exception is KeyValueException or StorageException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
            }
        }

        Assert.Fail("The group did not come to where it should.");
    }

    /// <summary>What is not acknowledged is sent again under the same name.</summary>
    private async Task WriteAsync(TestEngine engine, Dice dice, CancellationToken stop)
    {
        var group = engine.Group("signals");
        while (!stop.IsCancellationRequested)
        {
            if (ledger.Begin(dice) is { } operation)
            {
                while ((await SendAsync(operation)).Error is not null)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), clock, CancellationToken.None);
                }

                ledger.End(operation, dice);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(100)), clock, CancellationToken.None);
        }

        async Task<Result<KeyWritten>> SendAsync(Operation operation)
        {
            try
            {
                return await engine.Get<WriteKey>().ExecuteAsync(
                    ManagedKey.Of(group, operation.Key.Name), OperationId.Of(operation.Key.Name, operation.Name), operation.Change, default);
            }
            catch (KeyValueException exception)
            {
                return new Error(ErrorKind.Unavailable, "KV_UNAVAILABLE", exception.Message);
            }
        }
    }

    private TableKeyValueStore Open(string connectionString) => new(
        new TableClients(new KeyValueOptions(KeyValueProvider.Table, TableStore.NewTableName(), connectionString)), clock, NullLogger<TableKeyValueStore>.Instance);
}
