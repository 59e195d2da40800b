namespace TraderHub.Core.Jobs.Reports;

/// <summary>Fractions as reports show them.</summary>
internal static class Percent
{
    /// <summary>A part of a whole in whole percent; null of nothing.</summary>
    public static decimal? Of(int part, int whole) => whole == 0 ? null : decimal.Round(100m * part / whole, MidpointRounding.AwayFromZero);

    /// <summary>A fraction in percent with two digits.</summary>
    public static decimal? Of(decimal? fraction) => fraction is { } value ? decimal.Round(100 * value, 2) : null;

    /// <summary>The mean of confidences in whole percent; null of none.</summary>
    public static decimal? Mean(IReadOnlyCollection<decimal> fractions) =>
        fractions.Count == 0 ? null : decimal.Round(100 * fractions.Average(), MidpointRounding.AwayFromZero);
}
