namespace TraderHub.Core.Jobs;

/// <summary>The reports that executions make. The store takes any text, so that a new type needs no migration; callers are held to these.</summary>
public static class ReportTypes
{
    /// <summary>Before the open.</summary>
    public const string PreMarket = "pre-market";

    /// <summary>At midday, beside the morning's.</summary>
    public const string Intraday = "intraday";

    /// <summary>After the close, scored with closing prices.</summary>
    public const string EndOfDay = "end-of-day";

    /// <summary>On Sundays, over the week's days.</summary>
    public const string Weekly = "weekly";

    /// <summary>Those that run on a schedule, in their order.</summary>
    public static IReadOnlyList<string> Scheduled { get; } = [PreMarket, Intraday, EndOfDay, Weekly];

    /// <summary>All that callers may name; the last two come from the systems whose history is taken over.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Scheduled, "sector-rotation", "backfill"];
}
