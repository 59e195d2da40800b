namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>An answer that is kept for a while. Those who ask at once when there is none share the upstream's call, not this.</summary>
internal sealed class Kept<T>(TimeSpan age, TimeProvider clock)
    where T : class
{
    private Entry? entry;

    /// <summary>The answer, at most so old.</summary>
    public async Task<T> GetAsync(Func<Task<T>> readAsync)
    {
        if (Volatile.Read(ref entry) is { } kept && clock.GetElapsedTime(kept.ReadAt) < age)
        {
            return kept.Value;
        }

        var value = await readAsync();
        Volatile.Write(ref entry, new(value, clock.GetTimestamp()));
        return value;
    }

    private sealed record Entry(T Value, long ReadAt);
}
