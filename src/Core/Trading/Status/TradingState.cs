namespace TraderHub.Core.Trading.Status;

/// <summary>What a trader has planned for a moment. The later one wins where both lists have it.</summary>
public enum TradingState
{
    /// <summary>It is in neither list.</summary>
    Neutral,

    /// <summary>The trader wants to trade.</summary>
    Preferred,

    /// <summary>The trader does not want to trade.</summary>
    Avoided,
}
