using NodaTime;

namespace TraderHub.Core.Trading.Days;

/// <summary>How many closed days in a row went well, in two ways (rule D4). A date without a day breaks neither.</summary>
/// <param name="LastDate">The last day that counted; null before the first.</param>
/// <param name="Achievement">Days that came near enough to their target.</param>
/// <param name="NoLoss">Days without a significant loss.</param>
/// <param name="PositiveDays">Days that brought something.</param>
/// <param name="NegativeDays">Days that lost something.</param>
/// <param name="TargetReachedDays">Days that reached their target.</param>
/// <param name="SignificantLossDays">Days with a significant loss.</param>
public sealed record Streaks(
    LocalDate? LastDate, Streak Achievement, Streak NoLoss, int PositiveDays, int NegativeDays, int TargetReachedDays, int SignificantLossDays)
{
    /// <summary>Before the first day.</summary>
    public static Streaks None { get; } = new(null, default, default, 0, 0, 0, 0);

    /// <summary>The streaks with one more closed day; a day counts once, and none that is earlier than the last, or that could not be judged.</summary>
    public Streaks After(LocalDate date, DayClose close)
    {
        ArgumentNullException.ThrowIfNull(close);
        return date <= LastDate || close.Pnl is null
            ? this
            : new(
                date,
                Achievement.After(close.CountsAsAchievement),
                NoLoss.After(!close.IsSignificantLoss),
                PositiveDays + (close.Pnl > 0 ? 1 : 0),
                NegativeDays + (close.Pnl < 0 ? 1 : 0),
                TargetReachedDays + (close.IsTargetReached ? 1 : 0),
                SignificantLossDays + (close.IsSignificantLoss ? 1 : 0));
    }
}

/// <summary>A row of good days.</summary>
/// <param name="Current">How many there are now.</param>
/// <param name="Best">The most there ever were.</param>
public readonly record struct Streak(int Current, int Best)
{
    /// <summary>The streak with one more day.</summary>
    public Streak After(bool isGood) => isGood ? new(Current + 1, Math.Max(Best, Current + 1)) : this with { Current = 0 };
}
