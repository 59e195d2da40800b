namespace TraderHub.Web.Home;

/// <summary>What a trader planned for an hour.</summary>
public enum TradingTime
{
    /// <summary>Nothing.</summary>
    Neutral,

    /// <summary>To trade.</summary>
    Preferred,

    /// <summary>Not to trade.</summary>
    Avoided,
}

/// <summary>The trader's plan of the day, and where in it the day is.</summary>
/// <param name="State">What the plan says of now.</param>
/// <param name="Text">The same for a person.</param>
/// <param name="NowPercent">How much of the day has passed on the trader's clock.</param>
/// <param name="Periods">What is planned; empty when nothing is.</param>
public sealed record TradingTimeView(TradingTime State, string Text, decimal NowPercent, IReadOnlyList<TradingPeriodView> Periods);

/// <summary>A stretch of the plan; one that goes over midnight is two.</summary>
/// <param name="State">What is planned for it.</param>
/// <param name="LeftPercent">Where in the day it begins.</param>
/// <param name="WidthPercent">How much of the day it is.</param>
/// <param name="Text">When it is, and what the trader calls it.</param>
public sealed record TradingPeriodView(TradingTime State, decimal LeftPercent, decimal WidthPercent, string Text);
