namespace TraderHub.Testing;

/// <summary>The system's clock, a number of times as fast: what waits ten seconds waits one.</summary>
public sealed class FastClock(int times) : TimeProvider
{
    private readonly long begun = System.GetTimestamp();
    private readonly DateTimeOffset start = System.GetUtcNow();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => start + (System.GetElapsedTime(begun) * times);

    public override long GetTimestamp() => begun + ((System.GetTimestamp() - begun) * times);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scale(dueTime), Scale(period));

    private TimeSpan Scale(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / times;
}
