namespace TraderHub.Bench;

/// <summary>What to measure, and how long.</summary>
/// <param name="Published">The folder with the published programs.</param>
/// <param name="Output">The folder of the report.</param>
/// <param name="ReadyToRun">Whether both are published with code compiled ahead of time.</param>
/// <param name="Only">A part of the names of the measurements to run; empty means all.</param>
/// <param name="Effort">How long.</param>
internal sealed record BenchOptions(string Published, string Output, bool ReadyToRun, string Only, Effort Effort);

/// <summary>How often and how long each thing is measured.</summary>
/// <param name="Starts">How many starts of a process.</param>
/// <param name="Rounds">How many rounds of everything else.</param>
/// <param name="WarmUp">How long load is applied before the first round, so that the hot code is compiled.</param>
/// <param name="Round">How long a round of load is.</param>
/// <param name="Idle">How long a server is left alone before its memory is read.</param>
/// <param name="Keys">How many keys are moved from the key-value store to SQL.</param>
internal sealed record Effort(int Starts, int Rounds, TimeSpan WarmUp, TimeSpan Round, TimeSpan Idle, int Keys)
{
    /// <summary>For numbers to rely on.</summary>
    public static Effort Full { get; } = new(10, 3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), 100_000);

    /// <summary>To see that everything works.</summary>
    public static Effort Quick { get; } = new(3, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 2_000);
}
