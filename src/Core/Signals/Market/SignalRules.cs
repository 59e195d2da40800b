namespace TraderHub.Core.Signals.Market;

/// <summary>The numbers that signals are decided by (rule F21).</summary>
internal static class SignalRules
{
    /// <summary>The fewest days that anything is said of.</summary>
    public const int FewestBars = 20;

    public const int ShortAverage = 20;

    public const int MediumAverage = 50;

    public const int LongAverage = 100;

    public const int LongestAverage = 200;

    /// <summary>How many standard deviations the bands are from their middle.</summary>
    public const double BandWidth = 2;

    /// <summary>A price is near a support when it is at most so many times as high.</summary>
    public const double NearSupport = 1.01;

    /// <summary>A price is near a top when it is at least so many times as high.</summary>
    public const double NearTop = 0.99;

    /// <summary>How many times as high as the upper band a sale at the band aims.</summary>
    public const double AboveBand = 1.01;
}
