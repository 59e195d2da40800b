namespace TraderHub.Core.Migration.Sweeping;

/// <summary>How a group's keys are walked.</summary>
public sealed record SweepOptions
{
    /// <summary>Nothing is written: the keys are read and counted.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The most keys a second; null for as many as there can be.</summary>
    public int? Rate { get; init; }

    /// <summary>When keys are handed over: which share of them, in percent.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>When keys are given back: without SQL.</summary>
    public bool IsForced { get; init; }
}
