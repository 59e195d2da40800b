namespace TraderHub.Core.Migration.Sweeping;

/// <summary>
/// Keeps a walk out of the way of those who work: no transaction of it shall take longer than a tenth of a second, and no more keys a second than were allowed.
/// </summary>
internal sealed class SweepPace(int? rate, TimeProvider clock)
{
    private const int Smallest = 25;

    private const int Largest = 500;

    private const int MostWalked = 1000;

    /// <summary>A part is waited for no longer, so that a slow walk gives signs of life too.</summary>
    private const int LongestWaitInSeconds = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly long begun = clock.GetTimestamp();
    private long walked;
    private int batchSize = 200;

    /// <summary>How many keys are written at once.</summary>
    public int BatchSize => Math.Min(batchSize, PartSize);

    /// <summary>How many keys are walked at once, with those that need nothing.</summary>
    public int PartSize { get; } = (int)Math.Min(MostWalked, (long)(rate ?? MostWalked) * LongestWaitInSeconds);

    public async Task<T> MeasureAsync<T>(Func<Task<T>> work)
    {
        var before = clock.GetTimestamp();
        var result = await work();
        var took = clock.GetElapsedTime(before);
        if (took > Longest)
        {
            batchSize = Math.Max(batchSize / 2, Smallest);
        }
        else if (took < Longest / 2)
        {
            batchSize = Math.Min(batchSize * 2, Largest);
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
