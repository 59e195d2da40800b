namespace TraderHub.Web.Home;

/// <summary>What a trader's home page shows: decided already, not yet written out.</summary>
/// <param name="Balance">The balance; null when it could not be read.</param>
/// <param name="Problem">Why there is no balance, for a person; null when there is one.</param>
/// <param name="Target">How today goes; null while that is not known.</param>
/// <param name="TradingTime">What the trader's plan says of this hour.</param>
/// <param name="ZoneOffer">The zones to choose from; null when the trader has chosen one.</param>
public sealed record HomeModel(BalanceView? Balance, string? Problem, TargetView? Target, TradingTimeView TradingTime, ZoneOfferView? ZoneOffer = null);

/// <summary>The zones that are likely a trader's.</summary>
/// <param name="ZoneIds">Their IANA ids, the likeliest first.</param>
public sealed record ZoneOfferView(IReadOnlyList<string> ZoneIds);
