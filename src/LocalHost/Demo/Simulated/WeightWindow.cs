namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>The weight that was used in the last sixty seconds, and the most that ever was in any sixty.</summary>
/// <param name="limit">What may be used in sixty seconds; null for any amount.</param>
/// <param name="clock">The time.</param>
internal sealed class WeightWindow(int? limit, TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<(long At, int Weight)> uses = new();
    private int used;

    /// <summary>The most that was used in any sixty seconds.</summary>
    public int Maximum { get; private set; }

    /// <summary>All that was used.</summary>
    public long Total { get; private set; }

    /// <summary>How many requests were accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many requests were refused; they use nothing.</summary>
    public long Refused { get; private set; }

    /// <summary>What was used in the last sixty seconds.</summary>
    public int Used
    {
        get
        {
            lock (gate)
            {
                Forget();
                return used;
            }
        }
    }

    /// <summary>Uses the weight of a request, unless that is over the limit.</summary>
    public bool TryUse(int weight)
    {
        lock (gate)
        {
            Forget();
            if (used + weight > limit)
            {
                Refused++;
                return false;
            }

            Accepted++;
            Count(weight);
            return true;
        }
    }

    /// <summary>Adds what an accepted request came to beyond that, also over the limit: the next ones pay for it.</summary>
    public void Add(int weight)
    {
        lock (gate)
        {
            Forget();
            Count(weight);
        }
    }

    private void Count(int weight)
    {
        uses.Enqueue((clock.GetTimestamp(), weight));
        used += weight;
        Total += weight;
        Maximum = Math.Max(Maximum, used);
    }

    private void Forget()
    {
        while (uses.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At) >= Length)
        {
            used -= uses.Dequeue().Weight;
        }
    }
}
