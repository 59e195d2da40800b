namespace TraderHub.Core.Jobs.Reports;

/// <summary>
/// Where the reports draw their lines. The origin drew some of them differently in different places; each place has its own constant here, with the origin's
/// value, so that none is changed by accident (docs/analysis.md, section 4). Confidences are fractions, moves are fractions, accuracies are percentages.
/// </summary>
public static class ReportThresholds
{
    /// <summary>Pre-market: a signal is of high confidence above this.</summary>
    public const decimal PreMarketHighConfidence = 0.7m;

    /// <summary>Pre-market lists, intraday and end of day: a signal is a call from this on.</summary>
    public const decimal Call = 0.70m;

    /// <summary>Pre-market: how many signals of high confidence are listed.</summary>
    public const int PreMarketSignals = 5;

    /// <summary>Every list of the best and the worst has at most this many.</summary>
    public const int ListLength = 3;

    /// <summary>Intraday: a confidence that rose by this is strengthened, one that fell by it weakened.</summary>
    public const decimal ConfidenceChange = 0.10m;

    /// <summary>Intraday: a call that the price contradicts by more than this is a high divergence.</summary>
    public const decimal HighDivergence = 0.02m;

    /// <summary>Intraday: below this accuracy the model is in error.</summary>
    public const decimal ModelError = 50;

    /// <summary>Intraday: below this accuracy the model is to be watched.</summary>
    public const decimal ModelWarning = 60;

    /// <summary>End of day: a move beyond this makes a winner or a loser.</summary>
    public const decimal Mover = 0.01m;

    /// <summary>End of day: a neutral outlook was right within this.</summary>
    public const decimal NeutralMove = 0.005m;

    /// <summary>Weekly: a day above this is strong.</summary>
    public const decimal StrongDay = 70;

    /// <summary>Weekly: a day below this is weak.</summary>
    public const decimal WeakDay = 60;

    /// <summary>Weekly: the second half of the week is another than the first by more than this.</summary>
    public const decimal Trend = 10;

    /// <summary>Weekly: how many days a trend needs.</summary>
    public const int TrendDays = 3;

    /// <summary>End of day: the grade of an accuracy.</summary>
    public static string Grade(decimal accuracy) => accuracy switch
    {
        >= 80 => "A",
        >= 75 => "A-",
        >= 70 => "B+",
        >= 65 => "B",
        >= 60 => "B-",
        >= 55 => "C+",
        >= 50 => "C",
        _ => "D",
    };

    /// <summary>End of day: a signal's confidence in words.</summary>
    public static string SignalConfidence(decimal confidence) => confidence switch { > 0.80m => "high", > 0.60m => "medium", _ => "low" };

    /// <summary>End of day: the outlook's confidence in words.</summary>
    public static string OutlookConfidence(decimal confidence) => confidence switch { > 0.70m => "High", > 0.50m => "Medium", _ => "Low" };

    /// <summary>End of day: how unruly the day was, by how far it could be foretold.</summary>
    public static string Volatility(decimal? accuracy) => accuracy switch { null => "Unknown", < 60 => "High", > 75 => "Low", _ => "Moderate" };

    /// <summary>Weekly: the week's accuracy in a word.</summary>
    public static string Performance(decimal accuracy) => accuracy switch { > 75 => "excellent", > 65 => "strong", > 55 => "moderate", _ => "weak" };
}
