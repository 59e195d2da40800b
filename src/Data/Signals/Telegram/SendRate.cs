using TraderHub.Core.Platform;

namespace TraderHub.Data.Signals.Telegram;

/// <summary>How many messages all instances together send: 30 a second, as the API takes, in whichever second it counts.</summary>
internal sealed class SendRate(SignalsDatabase database, TimeProvider clock) : IDisposable
{
    /// <summary>
    /// What the bucket holds, and what it gets a second. Both together are less than 30: a bucket that holds 30 and gets 30 lets 60 through in its first second.
    /// </summary>
    private const double Depth = 3;

    private const double PerSecond = 26;

    /// <summary>So many chats that refuse one after the other are not to blame: it is the bot that sends too much.</summary>
    private const int RefusalsOfAll = 3;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, TimeSpan> refusals = [];

    private long Now => clock.GetInstant().ToUnixTimeMilliseconds();

    /// <summary>Takes one message, which is then to be sent at once; false when none can be had in time.</summary>
    public async Task<bool> TryTakeAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        // One of the process asks at a time; the others would only ask in vain.
        var started = clock.GetTimestamp();
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (!await TakeAsync(cancellationToken))
            {
                var wait = await FindWaitAsync(cancellationToken);
                if (wait > atMost - clock.GetElapsedTime(started))
                {
                    return false;
                }

                await Task.Delay(wait, clock, cancellationToken);
            }

            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Notes that a chat took a message, or anything else than <see cref="RefuseAsync"/>.</summary>
    public void Accept()
    {
        lock (refusals)
        {
            refusals.Clear();
        }
    }

    /// <summary>Notes that too much was sent to a chat. When several follow, nothing is sent to anybody for as long as the longest of them says.</summary>
    public async Task RefuseAsync(string chatId, TimeSpan wait, CancellationToken cancellationToken)
    {
        TimeSpan longest;
        lock (refusals)
        {
            refusals[chatId] = wait;
            if (refusals.Count < RefusalsOfAll)
            {
                return;
            }

            longest = refusals.Values.Max();
        }

        // An empty bucket that is filled only from then on.
        var now = database.Dialect.Now;
        var sql = $"UPDATE telegram_rate SET tokens = 0, filled_at = {now} + @Wait WHERE id = 1 AND filled_at < {now} + @Wait";
        await database.ExecuteAsync(sql, new { Wait = (long)longest.TotalMilliseconds, Now }, cancellationToken);
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        var now = database.Dialect.Now;
        var held = $"tokens + ({now} - filled_at) * @PerMillisecond";
        var sql = $"""
            UPDATE telegram_rate SET tokens = CASE WHEN {held} > @Depth THEN @Depth ELSE {held} END - 1, filled_at = {now}
            WHERE id = 1 AND {held} >= 1
            """;
        return await database.ExecuteAsync(sql, new { Depth, PerMillisecond = PerSecond / 1000, Now }, cancellationToken) == 1;
    }

    private async Task<TimeSpan> FindWaitAsync(CancellationToken cancellationToken)
    {
        var sql = $"SELECT (1 - tokens) / @PerMillisecond + filled_at - {database.Dialect.Now} FROM telegram_rate WHERE id = 1";
        var milliseconds = await database.FindAsync<double>(sql, new { PerMillisecond = PerSecond / 1000, Now }, cancellationToken);
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(milliseconds)));
    }
}
