namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>
/// Decides who goes on next, one step of a store at a time, all on one thread: the same seed makes the same run. Actors may be killed between two steps, and are never
/// heard of again.
/// </summary>
internal sealed class Schedule(int seed)
{
    private const int MostSteps = 20_000;

    private readonly List<Waiting> waiting = [];
    private readonly List<Actor> actors = [];

    public Dice Dice { get; } = new(seed);

    /// <summary>Whose step it is.</summary>
    public Actor? Current { get; private set; }

    /// <summary>The share of steps at which an actor dies.</summary>
    public double KillRate { get; set; }

    public int Steps { get; private set; }

    /// <summary>Called after each step.</summary>
    public Action? AfterStep { get; set; }

    public bool Chance(double share) => Dice.NextDouble() < share;

    /// <summary>Waits for the next turn of the actor that calls.</summary>
    public Task StepAsync()
    {
        var next = new TaskCompletionSource();
        waiting.Add(new(Current!, () => next.SetResult()));
        return next.Task;
    }

    /// <summary>Has something happen at some later step of the actor that calls.</summary>
    public void Later(Action action) => waiting.Add(new(Current!, action));

    /// <summary>Adds an actor.</summary>
    public Actor Start(string name, Func<Task> work, bool isMortal = true)
    {
        var actor = new Actor(name, isMortal);
        actors.Add(actor);
        waiting.Add(new(actor, () => actor.Task = work()));
        return actor;
    }

    /// <summary>Whether somebody goes by a stage of an older epoch.</summary>
    public bool IsSomebodyBehind(long epoch) => actors.Exists(actor => actor != Current && actor.IsAlive && actor.SeenEpoch < epoch);

    /// <summary>Runs until nobody waits.</summary>
    public void Run()
    {
        // A test runner's context would have some continuations go on elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            RunSteps();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void RunSteps()
    {
        while (waiting.Count > 0)
        {
            if (++Steps > MostSteps)
            {
                throw new InvalidOperationException($"No end after {MostSteps} steps: {string.Join(", ", waiting.Select(one => one.Actor.Name).Distinct())}.");
            }

            var index = Dice.Next(waiting.Count);
            var (actor, action) = waiting[index];
            waiting[index] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            if (actor.IsDead)
            {
                continue;
            }

            if (actor.IsMortal && Chance(KillRate))
            {
                Kill(actor);
                continue;
            }

            Current = actor;
            action();
            Current = null;
            if (actor.Task is { IsFaulted: true } failed)
            {
                throw new InvalidOperationException($"{actor.Name} failed.", failed.Exception);
            }

            AfterStep?.Invoke();
        }
    }

    private static void Kill(Actor actor)
    {
        actor.IsDead = true;
        actor.OnKilled?.Invoke();
    }

    private sealed record Waiting(Actor Actor, Action Action);
}

/// <summary>Somebody whose steps are scheduled.</summary>
internal sealed class Actor(string name, bool isMortal)
{
    public string Name { get; } = name;

    public bool IsMortal { get; } = isMortal;

    public bool IsDead { get; set; }

    public Task? Task { get; set; }

    /// <summary>The epoch of the stage that it goes by at the moment.</summary>
    public long? SeenEpoch { get; set; }

    /// <summary>Whether it still does something.</summary>
    public bool IsAlive => !IsDead && Task is not { IsCompleted: true };

    /// <summary>What the world does when the actor dies: its transaction is rolled back.</summary>
    public Action? OnKilled { get; set; }
}
