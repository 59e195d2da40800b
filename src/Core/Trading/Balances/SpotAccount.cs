using NodaTime;

namespace TraderHub.Core.Trading.Balances;

/// <summary>A trader's spot account as the exchange states it.</summary>
/// <param name="Balances">What is held, coin by coin; nothing is left out.</param>
/// <param name="AsOf">When this was so.</param>
public sealed record SpotAccount(IReadOnlyList<SpotBalance> Balances, Instant AsOf);

/// <summary>What is held of one coin, in units of the coin.</summary>
/// <param name="Coin">The coin.</param>
/// <param name="Total">What there is; can be negative.</param>
/// <param name="Hold">The part of it that open orders hold.</param>
public sealed record SpotBalance(string Coin, decimal Total, decimal Hold);
