namespace TraderHub.Testing;

/// <summary>The system's clock, a number of times as fast: what waits ten seconds waits one. Slower, it gives work that has a limit more time.</summary>
/// <param name="times">How many times as fast.</param>
/// <param name="start">From when on it is; processes that begin at different moments and share this have one time.</param>
public sealed class FastClock(double times, DateTimeOffset start) : TimeProvider
{
    private readonly long begun = System.GetTimestamp();
    private readonly DateTimeOffset created = start + ((System.GetUtcNow() - start) * times);

    public FastClock(double times)
        : this(times, System.GetUtcNow())
    {
    }

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => created + (System.GetElapsedTime(begun) * times);

    public override long GetTimestamp() => begun + (long)((System.GetTimestamp() - begun) * times);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scale(dueTime), Scale(period));

    private TimeSpan Scale(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / times;
}
