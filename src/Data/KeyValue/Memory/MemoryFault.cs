namespace TraderHub.Data.KeyValue.Memory;

/// <summary>What goes wrong at a call of the store in memory.</summary>
public enum MemoryFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The call fails before anything is done.</summary>
    Refused,

    /// <summary>The call is done, and then its answer is lost.</summary>
    LostAnswer,
}

/// <summary>Decides at each call what goes wrong; the same seed makes the same faults.</summary>
public static class MemoryFaults
{
    /// <summary>Never anything.</summary>
    public static Func<MemoryFault> None { get; } = () => MemoryFault.None;

    /// <summary>A share of the calls fails; about half of those are done before.</summary>
    /// <param name="rate">The share, 0 to 1.</param>
    /// <param name="seed">What the faults follow from.</param>
    public static Func<MemoryFault> AtRate(double rate, ulong seed)
    {
        var state = seed;
        return () =>
        {
            // A step of SplitMix64.
            var bits = Interlocked.Add(ref state, 0x9E3779B97F4A7C15);
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            bits ^= bits >> 31;
            if ((bits >> 11) * (1.0 / (1UL << 53)) >= rate)
            {
                return MemoryFault.None;
            }

            return (bits & 1) == 0 ? MemoryFault.Refused : MemoryFault.LostAnswer;
        };
    }
}
