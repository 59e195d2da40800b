using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Watching;

/// <summary>The figures of a store on this instance, of the last five minutes.</summary>
internal sealed class FigureWindow(TimeProvider clock)
{
    private const int Minutes = 5;

    private readonly Lock door = new();
    private readonly long[] minutes = new long[Minutes];
    private readonly long[][] latencies = [.. Enumerable.Range(0, Minutes).Select(_ => new long[StoreFigures.Bounds.Count + 1])];
    private readonly (long Writes, long Failed, long Owned)[] counts = new (long, long, long)[Minutes];

    /// <summary>Notes a call.</summary>
    public void Note(TimeSpan took, bool isWrite = false, bool hasFailed = false, bool isOwned = false)
    {
        lock (door)
        {
            var slot = TakeSlot();
            var (writes, failed, owned) = counts[slot];
            counts[slot] = (writes + (isWrite ? 1 : 0), failed + (isWrite && hasFailed ? 1 : 0), owned + (isOwned ? 1 : 0));
            latencies[slot][ClassOf(took)]++;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        lock (door)
        {
            Array.Clear(minutes);
        }
    }

    /// <summary>All of the last minutes together.</summary>
    public StoreFigures Read()
    {
        lock (door)
        {
            var now = Minute();
            return Enumerable.Range(0, Minutes)
                .Where(slot => minutes[slot] > now - Minutes)
                .Aggregate(StoreFigures.None, (sum, slot) => sum.Plus(new(counts[slot].Writes, counts[slot].Failed, counts[slot].Owned, latencies[slot])));
        }
    }

    private static int ClassOf(TimeSpan took)
    {
        for (var i = 0; i < StoreFigures.Bounds.Count; i++)
        {
            if (took.TotalMilliseconds <= StoreFigures.Bounds[i])
            {
                return i;
            }
        }

        return StoreFigures.Bounds.Count;
    }

    private int TakeSlot()
    {
        var now = Minute();
        var slot = (int)(now % Minutes);
        if (minutes[slot] != now)
        {
            minutes[slot] = now;
            counts[slot] = default;
            Array.Clear(latencies[slot]);
        }

        return slot;
    }

    /// <summary>The minute of this instance's own clock; the first is not zero, which is no minute.</summary>
    private long Minute() => (clock.GetInstant().ToUnixTimeSeconds() / 60) + Minutes;
}
