namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>Numbers that follow from a seed alone, on every machine and version.</summary>
internal sealed class Dice(int seed)
{
    private ulong state = ((ulong)seed * 0x9E3779B97F4A7C15) ^ 0xD1B54A32D192ED03;

    /// <summary>A whole number from 0 to below a bound.</summary>
    public int Next(int bound) => (int)(NextBits() % (ulong)bound);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private ulong NextBits()
    {
        // A step of SplitMix64.
        var bits = state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
