namespace TraderHub.Soak.Migration;

/// <summary>What was asked of a key, what was acknowledged, and therefore what it must have.</summary>
internal sealed class WrittenKey(string name)
{
    /// <summary>
    /// An operation whose answer was lost is sent again before the key has forgotten it: it remembers the last 32, among which those that are under way count too.
    /// </summary>
    private const int MostBehind = 16;

    private readonly HashSet<string> attempted = new(StringComparer.Ordinal);
    private readonly HashSet<string> acknowledged = new(StringComparer.Ordinal);
    private readonly List<int> begun = [];
    private int done;
    private bool isBeingDeleted;

    public string Name => name;

    /// <summary>How many operations it had since it was new or deleted.</summary>
    public int Count => attempted.Count;

    /// <summary>Whether nothing is under way.</summary>
    public bool IsQuiet => begun.Count == 0 && !isBeingDeleted;

    /// <summary>Whether another operation may begin.</summary>
    public bool HasRoom => !isBeingDeleted && begun.TrueForAll(at => done - at < MostBehind);

    /// <summary>An execution is to be appended; the answer is what its end has to say.</summary>
    public int Begin(string price)
    {
        attempted.Add(price);
        begun.Add(done);
        return done;
    }

    public void End(string price, int begunAt)
    {
        acknowledged.Add(price);
        begun.Remove(begunAt);
        done++;
    }

    /// <summary>What is deleted must not come back.</summary>
    public void BeginDelete() => isBeingDeleted = true;

    public void EndDelete()
    {
        isBeingDeleted = false;
        attempted.Clear();
        acknowledged.Clear();
        done++;
    }

    /// <summary>What is wrong with what was found: acknowledged is part of it, it is part of what was attempted, and each is there once.</summary>
    public IEnumerable<string> FindProblems(IReadOnlyList<string> found) =>
    [
        .. acknowledged.Except(found).Select(price => $"lost: {name} {price}"),
        .. found.Except(attempted).Select(price => $"from nowhere: {name} {price}"),
        .. found.GroupBy(price => price).Where(same => same.Count() > 1).Select(same => $"doubled: {name} {same.Key}"),
    ];
}
