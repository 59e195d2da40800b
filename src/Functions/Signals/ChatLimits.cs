namespace TraderHub.Functions.Signals;

/// <summary>How much may be stored of a chat.</summary>
/// <param name="Watchlist">The most tickers of a watchlist.</param>
public sealed record ChatLimits(int Watchlist);
