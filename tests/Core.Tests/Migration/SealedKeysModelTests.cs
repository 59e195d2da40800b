using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Core.Tests.Migration;

/// <summary>
/// A key's content moves to another key on random schedules, while others write both: every acknowledged word is in one of them in the end, once, whoever dies where
/// (rule M10).
/// </summary>
public sealed class SealedKeysModelTests
{
    private const string From = "words:a";
    private const string To = "words:b";

    private static readonly int Schedules = int.Parse(Environment.GetEnvironmentVariable("TRADERHUB_SCHEDULES") ?? "6000", System.Globalization.CultureInfo.InvariantCulture) / 2;

    [Fact]
    public void AcknowledgedWrites_WhileTheirKeyMoves_AreInOneOfTheKeysOnce()
    {
        var problems = new List<string>();
        var moves = 0;
        for (var seed = 0; seed < Schedules && problems.Count < 5; seed++)
        {
            if (Run(seed, ref moves) is { } problem)
            {
                problems.Add($"seed {seed}: {problem}");
            }
        }

        Assert.Empty(problems);
        Assert.True(moves > Schedules / 2, $"Only {moves} moves were acknowledged.");
    }

    private static string? Run(int seed, ref int moves)
    {
        var world = new ModelWorld(seed) { MustHoldAll = false };
        var dice = world.Schedule.Dice;
        world.Schedule.KillRate = dice.NextDouble() < 0.4 ? 0.02 : 0;
        world.Kv.FaultRate = dice.NextDouble() < 0.4 ? 0.05 : 0;
        world.Sql.FaultRate = dice.NextDouble() < 0.4 ? 0.05 : 0;
        world.Stage = world.Stage with { Stage = (Stage)dice.Next(3), Percent = 100 };
        var instances = Enumerable.Range(0, 3).Select(_ => new ModelInstance(world)).ToArray();
        var acknowledged = new List<string>();
        var attempted = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var (instance, key, word) = (instances[dice.Next(3)], dice.NextDouble() < 0.7 ? From : To, $"w{i}");
            attempted.Add(word);
            world.Schedule.Start($"append {word}", async () =>
            {
                for (var pause = dice.Next(20); pause > 0; pause--)
                {
                    await world.Schedule.StepAsync();
                }

                if (await instance.AppendAsync(key, word))
                {
                    acknowledged.Add(word);
                }
            });
        }

        var moved = 0;
        for (var i = 1 + dice.Next(2); i > 0; i--)
        {
            var instance = instances[dice.Next(3)];
            world.Schedule.Start("move", async () => moved += await instance.MoveAsync(From, To) ? 1 : 0);
        }

        if (dice.NextDouble() < 0.4)
        {
            var instance = instances[dice.Next(3)];
            world.Schedule.Start("replay", () => Try(() => instance.Replay.ExecuteAsync(TimeSpan.Zero, default)));
        }

        if (dice.NextDouble() < 0.4)
        {
            world.Schedule.Start("stage", async () =>
            {
                await world.Schedule.StepAsync();
                world.ChangeStage(document => document with { Stage = (Stage)dice.Next(3) });
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

        moves += moved > 0 ? 1 : 0;
        return Settle(world, instances[0]) ?? FindProblem(world, acknowledged, attempted);
    }

    private static string? FindProblem(ModelWorld world, IReadOnlyList<string> acknowledged, IReadOnlyList<string> attempted)
    {
        var (from, to) = (ModelWorld.Words(world.Kv.Peek(From)?.Value), ModelWorld.Words(world.Kv.Peek(To)?.Value));
        List<string> final = [.. from, .. to];
        var lost = acknowledged.Except(final).ToList();
        var all = $"[{string.Join(' ', from)}] and [{string.Join(' ', to)}]";
        return lost.Count > 0 ? $"lost {string.Join(' ', lost)} of {all}"
            : final.Distinct().Count() != final.Count ? $"doubled in {all}"
            : final.Except(attempted).Any() ? $"made up in {all}"
            : null;
    }

    private static async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is Core.KeyValue.KeyValueException or Core.Platform.StorageException)
        {
            // As in an outage.
        }
    }

    private static string? Settle(ModelWorld world, ModelInstance instance)
    {
        world.Schedule.KillRate = 0;
        world.Kv.FaultRate = world.Sql.FaultRate = 0;
        world.ChangeStage(stage => stage with { Stage = Stage.Copy, FrozenBecause = null });
        world.FollowsAtOnce = true;
        string? problem = null;
        world.Schedule.Start("settle", async () =>
        {
            var unfinished = await instance.Replay.ExecuteAsync(TimeSpan.Zero, default);
            problem = unfinished.Count > 0 ? string.Join(' ', unfinished) : null;
            foreach (var key in new[] { From, To })
            {
                for (var i = 0; i < 10 && await instance.Reconcile.ExecuteAsync(instance.Key(key), comparesValues: true, default) != Reconciliation.Settled; i++)
                {
                }
            }
        });
        world.Schedule.Run();
        return problem;
    }
}
