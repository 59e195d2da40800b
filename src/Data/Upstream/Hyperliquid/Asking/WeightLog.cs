namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// What was asked within the last minute, by weight. We cannot know when between our sending and its answering the upstream counts a question, so it
/// counts here from its sending until a minute after its end: then no minute can hold more than this log ever did (rule U2). Not thread-safe.
/// </summary>
internal sealed class WeightLog
{
    private readonly Queue<(TimeSpan EndedAt, int Weight)> ended = new();
    private int running;
    private int endedSum;

    /// <summary>The minute.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A question is sent.</summary>
    public void Start(int weight) => running += weight;

    /// <summary>A question has ended, and has weighed more or less than was put down for it.</summary>
    public void End(TimeSpan now, int reserved, int weight)
    {
        running -= reserved;
        endedSum += weight;
        ended.Enqueue((now, weight));
    }

    /// <summary>What counts now.</summary>
    public int UsedAt(TimeSpan now)
    {
        while (ended.TryPeek(out var oldest) && now - oldest.EndedAt >= Window)
        {
            endedSum -= ended.Dequeue().Weight;
        }

        return running + endedSum;
    }

    /// <summary>How long until a weight fits below a limit; null when that hangs on questions that have not ended.</summary>
    public TimeSpan? TimeUntilRoom(TimeSpan now, int weight, int limit)
    {
        var missing = UsedAt(now) + weight - limit;
        if (missing <= 0)
        {
            return TimeSpan.Zero;
        }

        foreach (var (endedAt, endedWeight) in ended)
        {
            missing -= endedWeight;
            if (missing <= 0)
            {
                return endedAt + Window - now;
            }
        }

        return null;
    }
}
