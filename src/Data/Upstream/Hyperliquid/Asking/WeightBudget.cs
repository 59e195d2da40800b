using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// The process's share of what Hyperliquid lets one address ask: never more than the limit in any minute. Questions that a caller waits for go
/// first; the others are spread evenly and leave a little free, so that a caller seldom waits at all. Among callers the account goes first that has used the
/// least, and none may use more than it leaves to the others: one that asks without end has half, and a newcomer is served. Among equals the first to come is
/// the first to go (rule U2).
/// </summary>
internal sealed class WeightBudget : IDisposable
{
    /// <summary>The share of the budget that work in the background may use.</summary>
    private const double BackgroundShare = 0.97;

    /// <summary>How far the background may fall behind its even pace and still make up for it: timers are not exact.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly LinkedList<BudgetWaiter> callers = new();
    private readonly LinkedList<BudgetWaiter> background = new();
    private readonly WeightLog log = new();
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly ITimer timer;
    private readonly int limit;
    private readonly int backgroundLimit;
    private TimeSpan pausedUntil;
    private TimeSpan nextInBackground;

    public WeightBudget(HyperliquidOptions options, TimeProvider clock)
    {
        this.clock = clock;
        limit = options.WeightPerMinute;
        backgroundLimit = (int)(limit * BackgroundShare);
        started = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => LetIn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How it stands now.</summary>
    public BudgetState State
    {
        get
        {
            lock (gate)
            {
                return new(limit, log.UsedAt(Now), callers.Count, background.Count);
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(started);

    /// <summary>Waits for the right to send a question of this weight. Waiting costs nothing, also when it is given up.</summary>
    /// <exception cref="UpstreamException">Its caller would have to wait longer than the caller will.</exception>
    public Task<WeightCharge> EnterAsync(int weight, string? account, Urgency urgency, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (urgency.BeganUrgent && urgency.PatienceLeft is { } patience && WaitOfCaller(weight, account) is var wait && wait > patience)
            {
                return Task.FromException<WeightCharge>(Refusal(wait));
            }

            var waiter = new BudgetWaiter(weight, account, urgency);
            (urgency.IsUrgent ? callers : background).AddLast(waiter.Node);
            urgency.IsQueued = true;
            waiter.LeaveOn(Leave, cancellationToken);
            LetIn();
            return waiter.Entered;
        }
    }

    /// <summary>A caller with this patience has joined a question, which goes before all work in the background from now on.</summary>
    /// <exception cref="UpstreamException">The caller would have to wait longer; the question stays where it is.</exception>
    public void Hurry(Urgency urgency, TimeSpan patience)
    {
        lock (gate)
        {
            if (background.FirstOrDefault(waiter => waiter.Urgency == urgency) is { } waiter)
            {
                if (WaitOfCaller(waiter.Weight, waiter.Account) is var wait && wait > patience)
                {
                    throw Refusal(wait);
                }

                background.Remove(waiter.Node);
                callers.AddLast(waiter.Node);
            }

            urgency.Hurry(patience);
            LetIn();
        }
    }

    /// <summary>Lets nobody in for a while: the upstream has said that it is too much.</summary>
    public void Pause(TimeSpan length)
    {
        lock (gate)
        {
            pausedUntil = Max(pausedUntil, Now + length);
            LetIn();
        }
    }

    /// <summary>A question has ended; see <see cref="WeightCharge"/>.</summary>
    public void Settle(int reserved, int weight, string? account, bool isPaced)
    {
        lock (gate)
        {
            log.End(Now, reserved, weight, account);
            nextInBackground -= isPaced ? PaceOf(reserved - weight) : TimeSpan.Zero;
            LetIn();
        }
    }

    /// <inheritdoc />
    public void Dispose() => timer.Dispose();

    private void LetIn()
    {
        lock (gate)
        {
            TimeSpan? wait;
            while (FindNext(out wait) is { } waiter)
            {
                Start(waiter);
            }

            // Without a time to wait for, the end of a running question comes here.
            timer.Change(wait is { } time ? Max(Whole(time), ShortestTimer) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Who may start now; null, and how long until somebody may, when nobody may.</summary>
    private BudgetWaiter? FindNext(out TimeSpan? wait)
    {
        wait = null;
        var now = Now;
        foreach (var waiter in callers.OrderBy(waiter => log.UsedBy(waiter.Account, now)).Concat(background.Take(1)))
        {
            // Who has had a share is passed by; who only waits for room is not, or small questions would keep a large one waiting for ever.
            var share = waiter.Node.List == callers ? log.TimeUntilFair(now, waiter.Weight, limit, waiter.Account) : TimeSpan.Zero;
            var time = share is { } fair ? Latest(fair, WaitOf(waiter)) : null;
            if (time == TimeSpan.Zero)
            {
                wait = null;
                return waiter;
            }

            wait = Earliest(wait, time);
            if (share == TimeSpan.Zero)
            {
                return null;
            }
        }

        return null;
    }

    private void Start(BudgetWaiter waiter)
    {
        var isPaced = waiter.Node.List == background;
        if (isPaced)
        {
            nextInBackground = Max(nextInBackground, Now - Slack) + PaceOf(waiter.Weight);
        }

        // Work in the background is nobody's share.
        var account = isPaced ? null : waiter.Account;
        log.Start(waiter.Weight, account);
        waiter.Enter(new WeightCharge(this, waiter.Weight, account, isPaced));
    }

    private void Leave(BudgetWaiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            waiter.Cancel(cancellationToken);
            LetIn();
        }
    }

    /// <summary>How long until the first in a queue may start; null when nobody can say.</summary>
    private TimeSpan? WaitOf(BudgetWaiter waiter)
    {
        var now = Now;
        var pause = Max(TimeSpan.Zero, pausedUntil - now);
        return waiter.Node.List == callers
            ? Latest(pause, log.TimeUntilRoom(now, waiter.Weight, limit))
            : Latest(Max(pause, nextInBackground - now), log.TimeUntilRoom(now, waiter.Weight, backgroundLimit));
    }

    /// <summary>
    /// How long a caller would wait behind those that are there and go first. What hangs on running questions takes a minute from their end at least.
    /// </summary>
    private TimeSpan WaitOfCaller(int weight, string? account)
    {
        var now = Now;
        var used = log.UsedBy(account, now);
        var ahead = callers.Where(waiter => log.UsedBy(waiter.Account, now) <= used).ToList();
        var before = ahead.Sum(waiter => waiter.Weight);
        var own = ahead.Where(waiter => waiter.Account == account).Sum(waiter => waiter.Weight);
        var room = log.TimeUntilRoom(now, before + weight, limit) ?? WeightLog.Window;
        var share = log.TimeUntilFair(now, before + own + weight, limit, account) ?? WeightLog.Window;
        return Max(Max(pausedUntil - now, room), share);
    }

    private TimeSpan PaceOf(int weight) => WeightLog.Window * weight / backgroundLimit;

    private UpstreamException Refusal(TimeSpan wait) => new(
        HyperliquidInfo.Name, UpstreamFailure.RateLimited, $"may not be asked for another {Math.Ceiling(wait.TotalSeconds)} s: this host has used its {limit} weight a minute.");

    /// <summary>Rounded up to what timers can do, so that they do not fire too early.</summary>
    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    private static TimeSpan? Latest(TimeSpan one, TimeSpan? other) => other is { } time ? Max(one, time) : null;

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is { } time && other is { } otherTime && otherTime < time ? other : one ?? other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
