namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>An instance's own clock: it is wrong by minutes, moves with the instance's steps, and its timers end at some step or other.</summary>
internal sealed class ModelClock(Schedule schedule, TimeSpan error) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private TimeSpan passed;
    private TimeSpan advanced;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Has days pass at once.</summary>
    public void Advance(TimeSpan by) => advanced += by;

    public override DateTimeOffset GetUtcNow() => Start + error + advanced + TimeSpan.FromMilliseconds(schedule.Steps * 5);

    public override long GetTimestamp()
    {
        passed += TimeSpan.FromMilliseconds(schedule.Dice.Next(200));
        return passed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ModelTimer();
        if (dueTime >= LongestPause)
        {
            // Deadlines are told by the time that passed.
            return timer;
        }

        schedule.Later(() =>
        {
            passed += dueTime;
            if (!timer.IsOver)
            {
                callback(state);
            }
        });
        return timer;
    }

    private sealed class ModelTimer : ITimer
    {
        public bool IsOver { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => IsOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
