namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// What was asked within the last minute, by weight. We cannot know when between our sending and its answering the upstream counts a question, so it
/// counts here from its sending until a minute after its end: then no minute can hold more than this log ever did (rule U2). Not thread-safe.
/// </summary>
internal sealed class WeightLog
{
    private readonly Queue<Entry> ended = new();
    private readonly Dictionary<string, int> byAccount = new(StringComparer.Ordinal);
    private int running;
    private int endedSum;
    private int ofCallers;

    /// <summary>The minute.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A question is sent.</summary>
    public void Start(int weight, string? account)
    {
        running += weight;
        Charge(account, weight);
    }

    /// <summary>A question has ended, and has weighed more or less than was put down for it.</summary>
    public void End(TimeSpan now, int reserved, int weight, string? account)
    {
        running -= reserved;
        endedSum += weight;
        ended.Enqueue(new(now, weight, account));
        Charge(account, weight - reserved);
    }

    /// <summary>What counts now.</summary>
    public int UsedAt(TimeSpan now)
    {
        while (ended.TryPeek(out var oldest) && now - oldest.EndedAt >= Window)
        {
            ended.Dequeue();
            endedSum -= oldest.Weight;
            Charge(oldest.Account, -oldest.Weight);
        }

        return running + endedSum;
    }

    /// <summary>What counts now of one account's questions that callers waited for.</summary>
    public int UsedBy(string? account, TimeSpan now)
    {
        UsedAt(now);
        return account is null ? 0 : byAccount.GetValueOrDefault(account);
    }

    /// <summary>How long until a weight fits below a limit; null when that hangs on questions that have not ended.</summary>
    public TimeSpan? TimeUntilRoom(TimeSpan now, int weight, int limit) => TimeUntil(now, UsedAt(now) + weight - limit, entry => entry.Weight);

    /// <summary>
    /// How long until an account leaves as much of a limit to the others as it has itself; null when that hangs on questions that have not ended.
    /// </summary>
    public TimeSpan? TimeUntilFair(TimeSpan now, int weight, int limit, string? account) => account is null
        ? TimeSpan.Zero
        : TimeUntil(
            now,
            UsedBy(account, now) + ofCallers + weight - limit,
            entry => entry.Account is null ? 0 : entry.Account == account ? 2 * entry.Weight : entry.Weight);

    private TimeSpan? TimeUntil(TimeSpan now, int missing, Func<Entry, int> gain)
    {
        if (missing <= 0)
        {
            return TimeSpan.Zero;
        }

        foreach (var entry in ended)
        {
            missing -= gain(entry);
            if (missing <= 0)
            {
                return entry.EndedAt + Window - now;
            }
        }

        return null;
    }

    private void Charge(string? account, int weight)
    {
        if (account is null)
        {
            return;
        }

        ofCallers += weight;
        var used = byAccount.GetValueOrDefault(account) + weight;
        if (used == 0)
        {
            byAccount.Remove(account);
        }
        else
        {
            byAccount[account] = used;
        }
    }

    /// <summary>A question that has ended.</summary>
    /// <param name="EndedAt">When.</param>
    /// <param name="Weight">What it weighed.</param>
    /// <param name="Account">Whose account it was about, for somebody who waited; null for work in the background and for what serves all.</param>
    private sealed record Entry(TimeSpan EndedAt, int Weight, string? Account);
}
