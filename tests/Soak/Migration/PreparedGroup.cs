using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;

namespace TraderHub.Soak.Migration;

/// <summary>Brings a group to where an operation begins, and knows what its keys must have.</summary>
internal sealed class PreparedGroup(EngineInstance engine)
{
    /// <summary>A key from before the engine.</summary>
    public static readonly string Old = Executions.KeyOf(1);

    /// <summary>A key that the engine wrote.</summary>
    public static readonly string Known = Executions.KeyOf(2);

    /// <summary>A key that nobody has written yet.</summary>
    public static readonly string New = Executions.KeyOf(3);

    private static readonly MoveRequest Operator = new("operator");

    /// <summary>What each key must have.</summary>
    public Dictionary<string, List<string>> Expected { get; } = new(StringComparer.Ordinal) { [Old] = [], [Known] = [], [New] = [] };

    /// <summary>Two keys in the key-value store, and the stage that follows from that.</summary>
    public async Task KvAsync()
    {
        await PutPastAsync(Old, "1");
        Expected[Old].Add("1");
        await DoAsync($"append {Known} 2");
    }

    public async Task CopyAsync()
    {
        await KvAsync();
        await DoAsync("backfill");
    }

    /// <summary>Every key is to be handed over, and none is yet.</summary>
    public async Task SqlBeforeHandOverAsync()
    {
        await CopyAsync();
        await ChangeAsync(document => document with { Stage = Stage.Sql, Percent = 100 });
    }

    public async Task LeavingAsync()
    {
        await CopyAsync();
        await ChangeAsync(document => document with { Stage = Stage.Sql, Percent = 100, IsLeaving = true });
    }

    public async Task SqlAsync()
    {
        await CopyAsync();
        await DoAsync("advance 100");
    }

    public async Task SqlOnlyAsync()
    {
        await SqlAsync();
        await DoAsync("leave");

        // Until this instance has heard of it, it would mirror what it writes.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System, CancellationToken.None);
        await DoAsync($"append {Known} 4");
    }

    public async Task ReturningAsync()
    {
        await SqlOnlyAsync();
        await ChangeAsync(document => document with { IsReturning = true });
    }

    /// <summary>A value whose time is over when the operation begins.</summary>
    public async Task ExpireAsync()
    {
        var written = await engine.AppendAsync(Known, "5", engine.Get<TimeProvider>().GetUtcNow().AddHours(1).ToUnixTimeSeconds());
        Check(written.Error?.Detail);
        Expected[Known] = [];
    }

    /// <summary>The key-value store has a write that SQL has not heard of.</summary>
    public async Task LeaveUncopiedAsync()
    {
        var (heads, copy) = await ReadAsync();
        var value = Executions.Append(copy.Value, "6");
        Check(await heads.TryWriteAsync(Known, copy, copy.State.AfterPut(OperationId.Of(Known, "6"), null), value, CancellationToken.None));
        Expected[Known].Add("6");
    }

    /// <summary>The key-value store has given the key away, and SQL has not taken it.</summary>
    public async Task BreakHandOverAsync()
    {
        var (heads, copy) = await ReadAsync();
        Check(await heads.TryWriteAsync(Known, copy, copy.State.WithNextOwner(), copy.Value, CancellationToken.None));
    }

    /// <summary>SQL has given the key away, and the key-value store has not taken it.</summary>
    public Task BreakHandBackAsync() => InSqlAsync((key, current) => KeyWrite.Keep(key.Entity, key.Name, current with { State = current.State.WithNextOwner() }));

    /// <summary>SQL has a write that the key-value store has not heard of.</summary>
    public async Task LeaveUnmirroredAsync()
    {
        var value = Executions.Append((await ReadAsync()).Copy.Value, "6");
        await InSqlAsync((key, current) => KeyWrite.Put(
            key.Entity, key.Name, current.State.AfterPut(OperationId.Of(Known, "6"), null), current.MirroredVersion, value, keepsText: false));
        Expected[Known].Add("6");
    }

    /// <summary>Somebody writes a key past the engine.</summary>
    public Task PutPastAsync(string key, string price) =>
        engine.Get<IKeyValueStore>().PutAsync(key, Executions.Append(null, price), PutOptions.None, CancellationToken.None);

    /// <summary>Does a command, and notes what it changes.</summary>
    public async Task DoAsync(string command)
    {
        Check((await new EngineCommands(engine).DoAsync(command.Split(' '))).Error?.Detail);
        Note(Expected, command);
    }

    /// <summary>What a command makes of the keys.</summary>
    public static void Note(Dictionary<string, List<string>> expected, string command)
    {
        switch (command.Split(' '))
        {
            case ["append", var key, var price]: expected[key].Add(price); break;
            case ["delete", var key, _]: expected[key].Clear(); break;
        }
    }

    private async Task ChangeAsync(Func<StageDocument, StageDocument> change)
    {
        var stages = engine.Get<ChangeStage>();
        var seen = await stages.FindAsync(engine.Group, CancellationToken.None);
        Check((await stages.ExecuteAsync(engine.Group, seen, change, Operator, CancellationToken.None)).Error?.Detail);
    }

    private async Task<(HeadedStore Heads, KeyCopy Copy)> ReadAsync()
    {
        var heads = engine.Get<HeadedStore>();
        return (heads, await heads.ReadAsync(Known, CancellationToken.None));
    }

    private Task<bool> InSqlAsync(Func<ManagedKey, SyncState, KeyWrite> write) => engine.Group.Sql.InTransactionAsync(
        async transaction =>
        {
            var current = (await transaction.LockAsync([Known]))[Known];
            await transaction.SaveAsync([write(ManagedKey.Of(engine.Group, Known), current)]);
            return true;
        },
        CancellationToken.None);

    private static void Check(string? problem) => Check(problem is null, problem);

    private static void Check(bool isDone, string? problem = null)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"The case could not be prepared: {problem}");
        }
    }
}
