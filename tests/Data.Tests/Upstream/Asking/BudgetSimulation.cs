using TraderHub.Data.Upstream.Hyperliquid;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream.Asking;

/// <summary>A question of a made-up schedule.</summary>
/// <param name="After">Milliseconds after the one before.</param>
/// <param name="Weight">What is put down for it.</param>
/// <param name="Share">What it weighs in the end, in hundredths of that.</param>
/// <param name="Length">How many milliseconds it runs.</param>
/// <param name="IsUrgent">Whether a caller waits for it.</param>
/// <param name="GivesUpAfter">After how many milliseconds of waiting its caller goes; 0 for never.</param>
/// <param name="Account">Whose account it is about; null for what serves all.</param>
internal sealed record PlannedAsk(int After, int Weight, int Share, int Length, bool IsUrgent, int GivesUpAfter, string? Account = null);

/// <summary>A question that was made.</summary>
internal sealed class MadeAsk(PlannedAsk plan, Task<WeightCharge> entered, CancellationTokenSource caller, double madeAt)
{
    public PlannedAsk Plan => plan;

    public double MadeAt => madeAt;

    public double? StartedAt { get; set; }

    public double? EndedAt { get; set; }

    public bool IsWaiting => !entered.IsCompleted;

    public Task<WeightCharge> Entered => entered;

    public CancellationTokenSource Caller => caller;

    public int FinalWeight => plan.Weight * plan.Share / 100;

    /// <summary>What the upstream may count for it within the minute that ends at a time, whenever between start and end it counts.</summary>
    public int WeightIn(double end) => StartedAt <= end && (EndedAt ?? double.MaxValue) > end - 60_000 ? (EndedAt <= end ? FinalWeight : plan.Weight) : 0;
}

/// <summary>Plays a schedule against the budget, in steps shorter than anything it decides by.</summary>
internal sealed class BudgetSimulation
{
    public const int Limit = 1200;

    private const int Step = 50;

    private readonly ManualClock clock = new("2026-11-21T09:30:00Z");
    private readonly long started;
    private readonly WeightBudget budget;
    private readonly List<MadeAsk> asks = [];

    public BudgetSimulation()
    {
        started = clock.GetTimestamp();
        budget = new WeightBudget(new HyperliquidOptions(new Uri("http://127.0.0.1:9"), TimeSpan.FromSeconds(10), Limit, 0), clock);
    }

    public IReadOnlyList<MadeAsk> Asks => asks;

    /// <summary>What broke a law while it happened.</summary>
    public List<string> Faults { get; } = [];

    public BudgetState State => budget.State;

    private double Now => clock.GetElapsedTime(started).TotalMilliseconds;

    public void Play(IEnumerable<PlannedAsk> schedule)
    {
        foreach (var plan in schedule)
        {
            Run(plan.After);
            var caller = new CancellationTokenSource();
            var urgency = new Urgency(clock, plan.IsUrgent ? TimeSpan.FromDays(1) : null);
            asks.Add(new MadeAsk(plan, budget.EnterAsync(plan.Weight, plan.Account, urgency, caller.Token), caller, Now));
            Look();
        }
    }

    /// <summary>Lets time pass until nothing waits and nothing runs; false when that does not happen in far more time than it takes.</summary>
    public bool Finish()
    {
        for (var minutes = 0; minutes < 60 && asks.Any(ask => ask.IsWaiting || (ask.StartedAt is not null && ask.EndedAt is null)); minutes++)
        {
            Run(60_000);
        }

        return asks.All(ask => !ask.IsWaiting);
    }

    private void Run(int milliseconds)
    {
        for (var left = milliseconds; left > 0; left -= Step)
        {
            clock.Advance(TimeSpan.FromMilliseconds(Math.Min(Step, left)));
            Look();
        }
    }

    private void Look()
    {
        foreach (var ask in asks.Where(ask => ask.EndedAt is null))
        {
            NoteStart(ask);
            if (ask.IsWaiting && ask.Plan.GivesUpAfter > 0 && Now - ask.MadeAt >= ask.Plan.GivesUpAfter)
            {
                ask.Caller.Cancel();
                ask.EndedAt = Now;
            }
            else if (ask.StartedAt is { } start && Now - start >= ask.Plan.Length)
            {
                ask.EndedAt = Now;
                ask.Entered.GetAwaiter().GetResult().Settle(ask.FinalWeight);
            }
        }

        // What one end let in, started at the same moment.
        asks.ForEach(NoteStart);
    }

    private void NoteStart(MadeAsk ask)
    {
        if (ask.StartedAt is null && ask.Entered.IsCompletedSuccessfully)
        {
            ask.StartedAt = Now;
            if (!ask.Plan.IsUrgent && asks.Any(other => other.Plan.IsUrgent && other.IsWaiting))
            {
                Faults.Add($"Work in the background started at {Now} while a caller waited.");
            }
        }
    }
}
