namespace TraderHub.Core.Migration.Sweeping;

/// <summary>
/// Keeps a walk out of the way of those who work: no transaction of it shall take longer than a tenth of a second, and no more keys a second than were allowed.
/// </summary>
internal sealed class SweepPace(int? rate, TimeProvider clock)
{
    private const int Smallest = 25;

    private const int Largest = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly long begun = clock.GetTimestamp();
    private long walked;

    /// <summary>How many keys are written at once.</summary>
    public int BatchSize { get; private set; } = 200;

    public async Task<T> MeasureAsync<T>(Func<Task<T>> work)
    {
        var before = clock.GetTimestamp();
        var result = await work();
        var took = clock.GetElapsedTime(before);
        if (took > Longest)
        {
            BatchSize = Math.Max(BatchSize / 2, Smallest);
        }
        else if (took < Longest / 2)
        {
            BatchSize = Math.Min(BatchSize * 2, Largest);
        }

        return result;
    }

    public async Task WaitAsync(int keys, CancellationToken cancellationToken)
    {
        walked += keys;
        if (rate is not { } allowed)
        {
            return;
        }

        var ahead = TimeSpan.FromSeconds((double)walked / allowed) - clock.GetElapsedTime(begun);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, clock, cancellationToken);
        }
    }
}
