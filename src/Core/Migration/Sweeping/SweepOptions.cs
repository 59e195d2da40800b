namespace TraderHub.Core.Migration.Sweeping;

/// <summary>How a group's keys are walked.</summary>
public sealed record SweepOptions
{
    /// <summary>The most keys a second; null for as many as there can be.</summary>
    public int? Rate { get; init; }

    /// <summary>When keys are handed over: which share of them, in percent.</summary>
    public int Percent { get; init; } = 100;
}
