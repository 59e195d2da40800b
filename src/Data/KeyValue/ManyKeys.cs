using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue;

/// <summary>Reads several keys with the bounds that hold for all stores.</summary>
internal static class ManyKeys
{
    private const int AtOnce = 8;

    public static async Task<IReadOnlyDictionary<string, KeyValueEntry?>> ReadAsync(
        IReadOnlyCollection<string> keys, Func<string, CancellationToken, Task<KeyValueEntry?>> read, CancellationToken cancellationToken)
    {
        KeyValueRules.ThrowIf(KeyValueRules.FindProblemOfKeys(keys.Count));
        KeyValueRules.ThrowIf(keys.Select(KeyValueRules.FindProblem).FirstOrDefault(problem => problem is not null));

        var size = 0L;
        var entries = keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, _ => (KeyValueEntry?)null, StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            entries.Keys.ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (key, token) =>
            {
                var entry = await read(key, token);
                KeyValueRules.ThrowIf(KeyValueRules.FindProblemOfValues(Interlocked.Add(ref size, entry?.Value.Length ?? 0)));
                lock (entries)
                {
                    entries[key] = entry;
                }
            });
        return entries;
    }
}
