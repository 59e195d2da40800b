using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Reads the parts of one balance, and remembers the names of those that could not be read. Safe to use from several tasks.</summary>
internal sealed class PartReader
{
    private readonly Lock gate = new();
    private readonly List<string> missing = [];

    /// <summary>The names of the parts that could not be read, in order.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            lock (gate)
            {
                return [.. missing.Distinct().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>A part; null, and its name noted, when the exchange gives no usable answer.</summary>
    public async Task<T?> TryAsync<T>(string name, Task<T> reading)
        where T : class
    {
        try
        {
            return await reading;
        }
        catch (UpstreamException)
        {
            // The part is named as missing; the exchange's client has logged why.
            lock (gate)
            {
                missing.Add(name);
            }

            return null;
        }
    }
}
