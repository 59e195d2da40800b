namespace TraderHub.Core.Signals.Market;

/// <summary>Lets those who ask the same at once, or within a while, share one answer. It is not ended by one of them who goes.</summary>
internal sealed class SharedReads<TKey, TValue>(TimeProvider clock)
    where TKey : notnull
{
    /// <summary>From how many on those that are over their time are looked for.</summary>
    private const int Many = 256;

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Entry> entries = [];

    /// <summary>An answer that is there, or the one that is waited for, or a new one.</summary>
    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read, Func<TValue, TimeSpan> keepFor, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (gate)
        {
            if (!entries.TryGetValue(key, out entry) || IsOver(entry))
            {
                RemoveOld();
                entry = entries[key] = new Entry();
                var begun = entry;
                entry.Answer = Task.Run(() => RunAsync(key, begun, read, keepFor), CancellationToken.None);
            }
        }

        return await entry.Answer.WaitAsync(cancellationToken);
    }

    private async Task<TValue> RunAsync(TKey key, Entry entry, Func<Task<TValue>> read, Func<TValue, TimeSpan> keepFor)
    {
        try
        {
            var value = await read();
            lock (gate)
            {
                (entry.AnsweredAt, entry.KeptFor) = (clock.GetTimestamp(), keepFor(value));
            }

            return value;
        }
        catch
        {
            lock (gate)
            {
                entries.Remove(key);
            }

            throw;
        }
    }

    private bool IsOver(Entry entry) => entry.AnsweredAt is { } at && clock.GetElapsedTime(at) >= entry.KeptFor;

    private void RemoveOld()
    {
        if (entries.Count < Many)
        {
            return;
        }

        foreach (var (key, _) in entries.Where(entry => IsOver(entry.Value)).ToList())
        {
            entries.Remove(key);
        }
    }

    private sealed class Entry
    {
        public Task<TValue> Answer { get; set; } = null!;

        public long? AnsweredAt { get; set; }

        public TimeSpan KeptFor { get; set; }
    }
}
