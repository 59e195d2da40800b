using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue;

/// <summary>Several keys that are read at once, with the bounds that hold for all stores.</summary>
internal sealed class ManyKeys
{
    private const int AtOnce = 8;

    private readonly Dictionary<string, KeyValueEntry?> entries;
    private long size;

    /// <param name="keys">The keys.</param>
    /// <exception cref="KeyValueRefusedException">They are too many, or one is no key.</exception>
    public ManyKeys(IReadOnlyCollection<string> keys)
    {
        KeyValueRules.ThrowIf(KeyValueRules.FindProblemOfKeys(keys.Count));
        KeyValueRules.ThrowIf(keys.Select(KeyValueRules.FindProblem).FirstOrDefault(problem => problem is not null));
        entries = keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => (KeyValueEntry?)null, StringComparer.Ordinal);
    }

    /// <summary>Each key once, with what was found of it.</summary>
    public IReadOnlyDictionary<string, KeyValueEntry?> Entries => entries;

    /// <summary>Reads each key by itself, some of them at the same time.</summary>
    public static async Task<IReadOnlyDictionary<string, KeyValueEntry?>> ReadAsync(
        IReadOnlyCollection<string> keys, Func<string, CancellationToken, Task<KeyValueEntry?>> read, CancellationToken cancellationToken)
    {
        var many = new ManyKeys(keys);
        await Parallel.ForEachAsync(
            many.entries.Keys.ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, token) => many.Add(key, await read(key, token)));
        return many.Entries;
    }

    /// <summary>Notes what was found of a key.</summary>
    /// <exception cref="KeyValueRefusedException">Together the values are too large.</exception>
    public void Add(string key, KeyValueEntry? entry)
    {
        KeyValueRules.ThrowIf(KeyValueRules.FindProblemOfValues(Interlocked.Add(ref size, entry?.Value.Length ?? 0)));
        lock (entries)
        {
            entries[key] = entry;
        }
    }
}
