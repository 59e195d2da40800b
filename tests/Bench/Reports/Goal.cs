namespace TraderHub.Bench.Reports;

/// <summary>What a row is to reach.</summary>
/// <param name="Text">How the table shows it.</param>
/// <param name="IsReachedBy">Whether a row does.</param>
internal sealed record Goal(string Text, Predicate<Row> IsReachedBy)
{
    /// <summary>At most so many times the reference.</summary>
    public static Goal RatioAtMost(double times) => new($"<= {times}x", row => row.Ratio <= times);

    /// <summary>At least so much of the reference.</summary>
    public static Goal RatioAtLeast(double times) => new($">= {times}x", row => row.Ratio >= times);

    /// <summary>Less than so much, whatever the reference is.</summary>
    public static Goal Below(double value, string unit) => new($"< {value} {unit}", row => row.Subject < value);
}
