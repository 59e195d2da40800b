namespace TraderHub.Core.Signals;

/// <summary>What holds for every watchlist.</summary>
public static class Watchlists
{
    /// <summary>The watchlist of a chat that has not chosen one.</summary>
    public static IReadOnlyList<string> Default { get; } = ["SPY"];
}
