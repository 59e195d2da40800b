using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Core.Tests.Migration;

/// <summary>
/// The protocol on random schedules: writers, moves, outages, lost answers and deaths, one step of a store at a time in any order. An acknowledged write is never
/// lost and never done twice, and until the group has left it the key-value store has every one of them at every instant.
/// </summary>
public sealed class OwnershipModelTests
{
    private const string Key = "words:a";

    /// <summary>How many schedules are run; the long run of ./soak sets more.</summary>
    private static readonly int Schedules = int.Parse(Environment.GetEnvironmentVariable("TRADERHUB_SCHEDULES") ?? "6000", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void AcknowledgedWrites_OnAnySchedule_AreThereOnce()
    {
        var problems = new List<string>();
        for (var seed = 0; seed < Schedules && problems.Count < 5; seed++)
        {
            if (Run(seed) is { } problem)
            {
                problems.Add($"seed {seed}: {problem}");
            }
        }

        Assert.Empty(problems);
    }

    /// <summary>Whole ways there and back, of two keys at once.</summary>
    [Fact]
    public void AcknowledgedWrites_ThroughEveryStage_AreThereOnce()
    {
        var problems = new List<string>();
        var moves = 0;
        for (var seed = 0; seed < Schedules / 2 && problems.Count < 5; seed++)
        {
            if (RunWholeWay(seed, ref moves) is { } problem)
            {
                problems.Add($"seed {seed}: {problem}");
            }
        }

        Assert.Empty(problems);
        Assert.True(moves > Schedules / 2, $"Only {moves} moves came to their end.");
    }

    private static string? RunWholeWay(int seed, ref int moves)
    {
        string[] keys = [Key, "words:b"];
        var world = new ModelWorld(seed);
        var dice = world.Schedule.Dice;
        world.Schedule.KillRate = dice.NextDouble() < 0.2 ? 0.01 : 0;
        world.Kv.FaultRate = dice.NextDouble() < 0.4 ? 0.05 : 0;
        world.Sql.FaultRate = dice.NextDouble() < 0.4 ? 0.05 : 0;
        var instances = Enumerable.Range(0, 3).Select(_ => new ModelInstance(world)).ToArray();
        var mover = new ModelMover(world, instances[0], keys);
        world.Schedule.Start("mover", mover.WalkAsync, isMortal: false);
        var word = 0;
        foreach (var instance in instances)
        {
            var mine = instance;
            world.Schedule.Start("client", async () =>
            {
                for (var i = 0; i < 6; i++)
                {
                    for (var pause = dice.Next(40); pause > 0; pause--)
                    {
                        await world.Schedule.StepAsync();
                    }

                    var key = keys[dice.Next(keys.Length)];
                    if (dice.NextDouble() < 0.3)
                    {
                        world.StartAppendToAll(mine, keys, $"w{word++}");
                    }
                    else
                    {
                        world.StartAppend(mine, key, $"w{word++}");
                    }

                    world.StartRead(instances[dice.Next(3)], key);
                }
            });
        }

        try
        {
            world.Schedule.Run();
        }
        catch (InvalidOperationException exception)
        {
            return exception.ToString();
        }

        moves += mover.Moves;
        return mover.Finish(Settle) ?? keys.Select(world.FindProblem).FirstOrDefault(problem => problem is not null) ?? world.FindHalfDone();
    }

    private static string? Run(int seed)
    {
        var world = new ModelWorld(seed);
        var dice = world.Schedule.Dice;
        world.Schedule.KillRate = dice.NextDouble() < 0.3 ? 0.02 : 0;
        world.Kv.FaultRate = dice.NextDouble() < 0.5 ? 0.1 : 0;
        world.Sql.FaultRate = dice.NextDouble() < 0.5 ? 0.1 : 0;
        var stages = new[] { Stage.Kv, Stage.Copy, Stage.Sql };
        world.Stage = world.Stage with { Stage = stages[dice.Next(3)], Percent = 100 };
        var instances = Enumerable.Range(0, 3).Select(_ => new ModelInstance(world)).ToArray();
        foreach (var word in new[] { "a", "b", "c", "d" })
        {
            world.StartAppend(instances[dice.Next(3)], Key, word);
        }

        for (var i = 1 + dice.Next(6); i > 0; i--)
        {
            StartMove(world, instances[dice.Next(3)], dice.Next(7));
        }

        try
        {
            world.Schedule.Run();
        }
        catch (InvalidOperationException exception)
        {
            return exception.ToString();
        }

        return Settle(world, instances[0], Key) ?? world.FindProblem(Key);
    }

    private static void StartMove(ModelWorld world, ModelInstance instance, int kind)
    {
        var key = instance.Key(Key);
        _ = kind switch
        {
            0 or 1 => world.Schedule.Start("handover", async () => await Try(async () =>
                await instance.HandOver.ExecuteAsync(key, await instance.Heads.ReadAsync(Key, default), default))),
            2 => world.Schedule.Start("handback", () => Try(() => instance.HandBack.ExecuteAsync(key, default))),
            3 => world.Schedule.Start("forced", () => Try(() => instance.HandBack.ForceAsync(Key, default))),
            4 => world.Schedule.Start("reconcile", () => Try(() => instance.Reconcile.ExecuteAsync(key, comparesValues: false, default))),
            5 => world.Schedule.Start("stage", () => ChangeStageAsync(world)),
            _ => world.Schedule.Start("outage", () => FailAsync(world), isMortal: false),
        };
    }

    private static async Task ChangeStageAsync(ModelWorld world)
    {
        await world.Schedule.StepAsync();
        world.Stage = world.Stage with { Stage = (Stage)world.Schedule.Dice.Next(3), Epoch = world.Stage.Epoch + 1 };
    }

    private static async Task FailAsync(ModelWorld world)
    {
        var isSql = world.Schedule.Chance(0.5);
        await world.Schedule.StepAsync();
        Set(true);
        for (var i = 0; i < 6; i++)
        {
            await world.Schedule.StepAsync();
        }

        Set(false);

        void Set(bool isDown) => _ = isSql ? world.Sql.IsDown = isDown : world.Kv.IsDown = isDown;
    }

    /// <summary>A move that fails is begun again by somebody, at the latest by the reconciliation.</summary>
    private static async Task Try(Func<Task> move)
    {
        try
        {
            await move();
        }
        catch (Exception exception) when (exception is Core.KeyValue.KeyValueException or Core.Platform.StorageException)
        {
            // As in an outage.
        }
    }

    private static string? Settle(ModelWorld world, ModelInstance instance, string key)
    {
        world.Schedule.KillRate = 0;
        world.Kv.FaultRate = world.Sql.FaultRate = 0;
        world.ChangeStage(stage => stage with { Stage = stage.IsSqlOnly ? Stage.Sql : Stage.Copy, FrozenBecause = null });
        world.FollowsAtOnce = true;
        string? problem = null;
        world.Schedule.Start("settle", async () =>
        {
            var unfinished = await instance.Replay.ExecuteAsync(TimeSpan.Zero, default);
            var outcome = Reconciliation.Unsettled;
            for (var i = 0; i < 10 && outcome != Reconciliation.Settled; i++)
            {
                outcome = await instance.Reconcile.ExecuteAsync(instance.Key(key), comparesValues: true, default);
            }

            problem = outcome != Reconciliation.Settled ? $"not settled: {outcome}" : unfinished.Count > 0 ? string.Join(' ', unfinished) : null;
        });
        world.Schedule.Run();
        return problem;
    }
}
