using TraderHub.Core.Migration.Runs;

namespace TraderHub.Core.Migration.Sweeping;

/// <summary>The keys of a walk that are dealt with together.</summary>
internal sealed class SweepPart
{
    /// <summary>How many keys it has, with those that need nothing.</summary>
    public int Walked { get; private set; }

    public string? LastKey { get; private set; }

    /// <summary>Keys to copy in one transaction.</summary>
    public List<WalkedKey> Copied { get; } = [];

    /// <summary>Keys that need steps of their own.</summary>
    public List<WalkedKey> Single { get; } = [];

    /// <summary>The keys that need nothing.</summary>
    public RunCounters Counters { get; private set; } = new();

    public void Add(WalkedKey key, SweepTask task)
    {
        Walked++;
        LastKey = key.Key.Name;
        switch (task)
        {
            case SweepTask.Copy:
                Copied.Add(key);
                break;
            case SweepTask.Settle:
                Single.Add(key);
                break;
            default:
                Counters = Counters with { Seen = Counters.Seen + 1, Unchanged = Counters.Unchanged + 1 };
                break;
        }
    }
}

/// <summary>What a key of a walk needs.</summary>
public enum SweepTask
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To be copied to SQL, together with others.</summary>
    Copy,

    /// <summary>Steps of its own.</summary>
    Settle,
}
