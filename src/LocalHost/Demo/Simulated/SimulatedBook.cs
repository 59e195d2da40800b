using System.Collections.Immutable;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What an account holds after one of its events. Everything that an account answers is computed from such a book and the prices.</summary>
/// <param name="Time">When the event was.</param>
/// <param name="Cash">By exchange of perpetuals, the money without the positions' profit, in its collateral.</param>
/// <param name="Positions">The open positions by coin.</param>
/// <param name="Spot">What is held on spot, by token.</param>
/// <param name="Staked">HYPE with the validator.</param>
/// <param name="Vaulted">US dollars in the vault.</param>
internal sealed record SimulatedBook(
    DateTimeOffset Time,
    ImmutableSortedDictionary<string, decimal> Cash,
    ImmutableSortedDictionary<string, SimulatedPosition> Positions,
    ImmutableSortedDictionary<string, decimal> Spot,
    decimal Staked,
    decimal Vaulted)
{
    /// <summary>Holds nothing.</summary>
    public static SimulatedBook Empty { get; } = new(
        DateTimeOffset.MinValue,
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, SimulatedPosition>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, decimal>(StringComparer.Ordinal),
        0,
        0);

    public IEnumerable<SimulatedPosition> PositionsOn(string dex) => Positions.Values.Where(position => position.Listing.Dex == dex);

    /// <summary>The perpetuals account on one exchange, in its collateral.</summary>
    public decimal EquityOn(string dex, DateTimeOffset at) => Cash.GetValueOrDefault(dex) + PositionsOn(dex).Sum(position => position.ProfitAt(at));

    /// <summary>All perpetuals accounts, in US dollars.</summary>
    public decimal PerpsValueAt(DateTimeOffset at) =>
        SimulatedListings.Dexes.Sum(dex => EquityOn(dex, at) * SimulatedMarket.PriceOf(SimulatedListings.CollateralOf(dex).Name, at));

    /// <summary>What lies on spot besides the perpetuals' money, in US dollars.</summary>
    public decimal SpotValueAt(DateTimeOffset at) => Spot.Sum(held => held.Value * SimulatedMarket.PriceOf(held.Key, at));

    /// <summary>What the exchange says the account is worth: perpetuals, spot and vaults; staking is apart.</summary>
    public decimal ValueAt(DateTimeOffset at) => PerpsValueAt(at) + SpotValueAt(at) + Vaulted;

    public SimulatedBook WithCash(DateTimeOffset time, string dex, decimal amount) =>
        this with { Time = time, Cash = Cash.SetItem(dex, Cash.GetValueOrDefault(dex) + amount) };

    public SimulatedBook WithSpot(DateTimeOffset time, string token, decimal amount) =>
        this with { Time = time, Spot = Spot.SetItem(token, Spot.GetValueOrDefault(token) + amount) };

    /// <summary>With a position as it is now; one of size zero is gone.</summary>
    public SimulatedBook WithPosition(DateTimeOffset time, SimulatedPosition position) =>
        this with { Time = time, Positions = position.Size == 0 ? Positions.Remove(position.Coin) : Positions.SetItem(position.Coin, position) };
}
