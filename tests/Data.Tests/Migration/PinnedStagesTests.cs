using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Soak.Migration;

namespace TraderHub.Data.Tests.Migration;

/// <summary>
/// Two instances that write the same keys and go by different stages, as they do for seconds after each move: each pair that the waits of the moves let be there at once.
/// A process of its own would add nothing: what an instance knows of the stages is all that the two do not share.
/// </summary>
public sealed class PinnedStagesTests
{
    private const int Operations = 16;

    private static readonly string[] Keys = [Executions.KeyOf(1), Executions.KeyOf(2), Executions.KeyOf(3), Executions.KeyOf(4)];

    private static readonly StageDocument Kv = new(Stage.Kv, 1, "2026-11-21T00:00:00Z", "test", "pinned");

    private static readonly StageDocument Copy = Kv with { Stage = Stage.Copy };

    private static readonly StageDocument Half = Kv with { Stage = Stage.Sql, Percent = 50 };

    private static readonly StageDocument All = Half with { Percent = 100 };

    private static readonly StageDocument Strict = All with { IsLeaving = true };

    private static readonly StageDocument SqlOnly = Kv with { Stage = Stage.SqlOnly };

    private static readonly StageDocument Returning = SqlOnly with { IsReturning = true };

    /// <summary>Before the group leaves the key-value store any two may be there; the ways out and back wait at each step.</summary>
    public static TheoryData<DatabaseProvider, string, string> Pairs
    {
        get
        {
            var data = new TheoryData<DatabaseProvider, string, string>();
            foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres })
            {
                string[] early = [nameof(Kv), nameof(Copy), nameof(Half), nameof(All), nameof(Strict)];
                foreach (var (one, i) in early.Select((one, i) => (one, i)))
                {
                    foreach (var other in early[(i + 1)..])
                    {
                        data.Add(provider, one, other);
                    }
                }

                data.Add(provider, nameof(Strict), nameof(SqlOnly));
                data.Add(provider, nameof(SqlOnly), nameof(Returning));
                data.Add(provider, nameof(Returning), nameof(Strict));
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public async Task TwoInstances_OfDifferentStages_LoseAndDoubleNothing_AndReadEachOther(DatabaseProvider provider, string oneStage, string otherStage)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var store = new MemoryKeyValueStore(TimeProvider.System);
        await using var first = TestEngine.On(place, store, TimeProvider.System);
        await PrepareAsync(first, store, isSqlOwned: otherStage is nameof(SqlOnly) or nameof(Returning) || oneStage is nameof(Returning));
        await using var one = TestEngine.Pinned(place, store, DocumentOf(oneStage));
        await using var other = TestEngine.Pinned(place, store, DocumentOf(otherStage));

        await Task.WhenAll(WriteAsync(one, 1000), WriteAsync(one, 2000), WriteAsync(other, 3000), WriteAsync(other, 4000));

        foreach (var (key, i) in Keys.Select((key, i) => (key, i)))
        {
            var wanted = new[] { 1000, 2000, 3000, 4000 }.SelectMany(from => Enumerable.Range(from, Operations).Where(price => price % Keys.Length == i)).Select(price => $"{price}");
            Assert.Equal(wanted, (await ReadAsync(one, key)).Where(price => price != "1").OrderBy(int.Parse));
            Assert.Equal(await ReadAsync(one, key), await ReadAsync(other, key));
        }
    }

    /// <summary>Three keys are there, as the moves before would have left them; the fourth is new to both.</summary>
    private static async Task PrepareAsync(TestEngine engine, MemoryKeyValueStore store, bool isSqlOwned)
    {
        foreach (var key in Keys[..3])
        {
            await store.PutAsync(key, Executions.Append(null, "1"), PutOptions.None, default);
        }

        foreach (var key in isSqlOwned ? Keys[..3] : [])
        {
            var copy = await engine.Get<HeadedStore>().ReadAsync(key, default);
            Assert.True(await engine.Get<HandOver>().ExecuteAsync(ManagedKey.Of(engine.Group("signals"), key), copy, default));
        }
    }

    /// <summary>Each operation is sent until it is acknowledged, and is to be seen at once by whoever sent it.</summary>
    private static async Task WriteAsync(TestEngine engine, int from)
    {
        var group = engine.Group("signals");
        foreach (var price in Enumerable.Range(from, Operations).Select(number => $"{number}"))
        {
            var key = Keys[int.Parse(price, System.Globalization.CultureInfo.InvariantCulture) % Keys.Length];
            while ((await engine.Get<WriteKey>().ExecuteAsync(
                ManagedKey.Of(group, key), OperationId.Of(key, price), current => KeyChange.Put(Executions.Append(current, price)), default)).Error is { } error)
            {
                Assert.Equal("WRITE_NOT_ACKNOWLEDGED", error.Code);
            }

            Assert.Contains(price, await ReadAsync(engine, key));
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(TestEngine engine, string key) =>
        Executions.PricesOf((await engine.ReadAsync(key)).Value);

    private static StageDocument DocumentOf(string name) => name switch
    {
        nameof(Kv) => Kv,
        nameof(Copy) => Copy,
        nameof(Half) => Half,
        nameof(All) => All,
        nameof(Strict) => Strict,
        nameof(SqlOnly) => SqlOnly,
        _ => Returning,
    };
}
