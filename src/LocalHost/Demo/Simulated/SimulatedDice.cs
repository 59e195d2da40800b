namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>Chances that fall the same way in each run: the generator SplitMix64.</summary>
internal sealed class SimulatedDice(ulong seed)
{
    private ulong state = seed;

    /// <summary>At least 0 and less than 1.</summary>
    public double Next() => (Draw() >> 11) * (1d / (1UL << 53));

    /// <summary>At least the first and less than the second.</summary>
    public int Next(int from, int to) => from + (int)(Next() * (to - from));

    private ulong Draw()
    {
        state += 0x9e3779b97f4a7c15;
        var mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}
