namespace TraderHub.Core.Jobs.Analysis;

/// <summary>
/// The indicators, each from closing prices alone, oldest first. Null where the prices do not reach back far enough or the indicator is not defined;
/// nothing is ever filled in.
/// </summary>
public static class Indicators
{
    /// <summary>The mean of the last prices.</summary>
    public static decimal? Average(ReadOnlySpan<decimal> closes, int length)
    {
        if (closes.Length < length)
        {
            return null;
        }

        var sum = 0m;
        foreach (var close in closes[^length..])
        {
            sum += close;
        }

        return sum / length;
    }

    /// <summary>
    /// Where the last price stands between the Bollinger bands: 0 on the lower, 1 on the upper. The bands are the mean of the last prices and a number of
    /// standard deviations (of a population) to each side. Null when they have no width.
    /// </summary>
    public static decimal? BollingerPosition(ReadOnlySpan<decimal> closes, int length, decimal deviations)
    {
        if (Average(closes, length) is not { } mean)
        {
            return null;
        }

        var squares = 0m;
        foreach (var close in closes[^length..])
        {
            squares += (close - mean) * (close - mean);
        }

        // The root is correctly rounded on every machine, and its conversion keeps 15 digits: the same everywhere.
        var width = deviations * (decimal)Math.Sqrt((double)(squares / length));
        return width == 0 ? null : (closes[^1] - (mean - width)) / (2 * width);
    }

    /// <summary>
    /// The relative strength index as Wilder smooths it: the first means are plain ones over <paramref name="length"/> changes, each later change counts one
    /// part of <paramref name="length"/>. It goes from 0 to 100; null when nothing moved.
    /// </summary>
    public static decimal? RelativeStrength(ReadOnlySpan<decimal> closes, int length)
    {
        if (closes.Length <= length)
        {
            return null;
        }

        var (gain, loss) = (0m, 0m);
        for (var i = 1; i < closes.Length; i++)
        {
            var change = closes[i] - closes[i - 1];
            var (rise, fall) = (Math.Max(change, 0), Math.Max(-change, 0));
            (gain, loss) = i <= length
                ? (gain + (rise / length), loss + (fall / length))
                : (((gain * (length - 1)) + rise) / length, ((loss * (length - 1)) + fall) / length);
        }

        return gain + loss == 0 ? null : 100 * gain / (gain + loss);
    }

    /// <summary>The change over a number of days, as a fraction of the price then.</summary>
    public static decimal? Momentum(ReadOnlySpan<decimal> closes, int days) =>
        closes.Length > days && closes[^(days + 1)] is > 0 and var before ? (closes[^1] / before) - 1 : null;
}
