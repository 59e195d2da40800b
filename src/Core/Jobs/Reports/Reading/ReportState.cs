namespace TraderHub.Core.Jobs.Reports.Reading;

/// <summary>What there is of a report.</summary>
public enum ReportState
{
    /// <summary>It is there.</summary>
    Ready,

    /// <summary>It is not due yet.</summary>
    Scheduled,

    /// <summary>It is being made.</summary>
    InProgress,

    /// <summary>It was due today and is not there.</summary>
    NotReady,

    /// <summary>Its day is past and nothing was recorded.</summary>
    NoData,

    /// <summary>Its run failed.</summary>
    Failed,

    /// <summary>The exchange stays closed: a holiday.</summary>
    Holiday,

    /// <summary>The exchange stays closed: a weekend. Of weekly reports: the date ends no week.</summary>
    Closed,
}

/// <summary>The words for states.</summary>
public static class ReportStates
{
    /// <summary>Their words, in the order of <see cref="ReportState"/>.</summary>
    public static IReadOnlyList<string> All { get; } = ["ready", "scheduled", "in_progress", "not_ready", "no_data", "failed", "holiday", "closed"];

    /// <summary>A state's word.</summary>
    public static string ToText(this ReportState state) => All[(int)state];
}
