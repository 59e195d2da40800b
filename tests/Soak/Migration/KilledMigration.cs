using TraderHub.Core.KeyValue;
using TraderHub.Core.Tests.Migration.Model;
using TraderHub.Testing;

namespace TraderHub.Soak.Migration;

/// <summary>
/// Several processes write a group's keys while one of them moves it to SQL and back, and all are killed again and again. At the end each operation must be there
/// once: an operation whose answer was lost is sent again, under its name, to another process.
/// </summary>
internal sealed class KilledMigration(KilledMigrationOptions options, SharedPlace place, DateTimeOffset start)
{
    private const int Processes = 4;

    private const int Writers = 5;

    private static readonly TimeProvider System = TimeProvider.System;

    private readonly Ledger ledger = new();
    private int sentAgain;

    public static async Task<int> RunAsync(KilledMigrationOptions options)
    {
        if (!SharedPlace.IsPossible(options.Database))
        {
            return 2;
        }

        await using var place = await SharedPlace.CreateAsync(options.Database, System);
        Console.WriteLine($"seed {options.Seed}, {options.Database}");
        var problems = await new KilledMigration(options, place, System.GetUtcNow()).RunAsync();
        place.IsKept = problems.Count > 0;
        problems.ForEach(Console.WriteLine);
        return problems.Count == 0 ? 0 : 1;
    }

    private async Task<List<string>> RunAsync()
    {
        await WriteFirstAsync();
        var begun = System.GetTimestamp();
        await using var fleet = new Fleet(place, start, Processes);
        var ways = new WholeWays(fleet, new Dice(options.Seed), System);
        await KillAsync(fleet, ways);
        Console.WriteLine(FormattableString.Invariant(
            $"kills {options.Kills} in {System.GetElapsedTime(begun).TotalSeconds:0} s; came to SQL alone {ways.There} times, back to the key-value store {ways.Back} times; keys {ledger.Keys.Count}, deleted {ledger.Deleted}"));
        Console.WriteLine($"operations {ledger.Attempted}, acknowledged {ledger.Acknowledged}, sent again {sentAgain}");
        Console.WriteLine($"refused: {string.Join(", ", fleet.Refusals.OrderBy(refusal => refusal.Key).Select(refusal => $"{refusal.Key} {refusal.Value}"))}");
        return await SettleAsync();
    }

    /// <summary>A group without any key is SQL's from the start: this one has a key, from before the engine.</summary>
    private async Task WriteFirstAsync()
    {
        await using var engine = EngineInstance.On(place.Options, System);
        var (key, price) = ledger.AddFirst();
        await engine.Get<IKeyValueStore>().PutAsync(key, Executions.Append(null, price), PutOptions.None, CancellationToken.None);
    }

    private async Task KillAsync(Fleet fleet, WholeWays ways)
    {
        using var stop = new CancellationTokenSource();
        Task[] writing = [.. Enumerable.Range(1, Writers).Select(writer => WriteAsync(fleet, new Dice(options.Seed + writer), stop.Token))];
        Task[] working = [.. writing, ReconcileAsync(fleet, new Dice(options.Seed - 1), stop.Token), MoveAsync(ways, stop.Token)];
        var dice = new Dice(options.Seed + 100);
        for (var kills = 0; kills < options.Kills && !working.Any(task => task.IsCompleted); kills++)
        {
            await fleet.KillOneAsync(dice, TimeSpan.FromMilliseconds(dice.Next(700)));
        }

        // What was acknowledged is known when no writer waits any more; a move that is under way is broken off.
        await stop.CancelAsync();
        await Task.WhenAll(writing);
        await fleet.KillAllAsync();
        await Task.WhenAll(working);
    }

    private static async Task MoveAsync(WholeWays ways, CancellationToken stop)
    {
        try
        {
            await ways.RunAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // The kills are over.
        }
    }

    /// <summary>Sends operations until it is stopped, and each until it is acknowledged.</summary>
    private async Task WriteAsync(Fleet fleet, Dice dice, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (ledger.Begin(dice) is { } operation)
            {
                while (await fleet.AskAsync(operation.Command, dice) is not { IsDone: true })
                {
                    Interlocked.Increment(ref sentAgain);
                }

                ledger.End(operation, dice);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5 + dice.Next(60)), System, CancellationToken.None);
        }
    }

    /// <summary>What a host does once a minute.</summary>
    private static async Task ReconcileAsync(Fleet fleet, Dice dice, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(60.0 / InstanceProgram.Times), System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await fleet.AskAsync("reconcile", dice);
        }
    }

    /// <summary>Nobody runs any more, and the signs of life are old: one instance alone finishes what it finds.</summary>
    private async Task<List<string>> SettleAsync()
    {
        var later = new FastClock(InstanceProgram.Times, start).GetUtcNow().AddHours(1) - System.GetUtcNow();
        await using var engine = EngineInstance.On(place.Options, new ShiftedClock(later));
        var settled = new SettledGroup(engine, ledger.Keys.ToDictionary<WrittenKey, string, Func<IReadOnlyList<string>, IEnumerable<string>>>(key => key.Name, key => key.FindProblems));
        var problems = await settled.ExecuteAsync();
        settled.Told.ForEach(Console.WriteLine);
        return [.. problems];
    }
}
