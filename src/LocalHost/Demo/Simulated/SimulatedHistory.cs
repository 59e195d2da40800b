using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>
/// Everything that happened to an account, and its book after each event. Events come in the order of their times, and each changes the book by what
/// the exchange will say of it: so what the requests answer adds up.
/// </summary>
internal sealed class SimulatedHistory(WalletAddress owner)
{
    private const int Cents = 6;

    private readonly List<SimulatedBook> books = [SimulatedBook.Empty];

    public WalletAddress Owner => owner;

    public List<SimulatedFill> Fills { get; } = [];

    public List<SimulatedFunding> Funding { get; } = [];

    public List<SimulatedLedgerUpdate> Ledger { get; } = [];

    public List<SimulatedReward> Rewards { get; } = [];

    /// <summary>The book after the last event.</summary>
    public SimulatedBook Latest => books[^1];

    /// <summary>The book at a moment.</summary>
    public SimulatedBook At(DateTimeOffset at)
    {
        var (low, high) = (0, books.Count);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = books[middle].Time <= at ? (middle, high) : (low, middle);
        }

        return books[low];
    }

    /// <summary>A change that no trade made.</summary>
    public void Record(SimulatedLedgerUpdate update, SimulatedBook book)
    {
        Ledger.Add(update);
        books.Add(book with { Time = update.Time });
    }

    /// <summary>Fills an order at the market's price; the order's parts are filled in the same millisecond.</summary>
    public void Trade(DateTimeOffset time, SimulatedOrder order)
    {
        var listing = SimulatedListings.PerpOf(order.Coin);
        var market = SimulatedMarket.PriceOf(order.Coin, time);
        var price = decimal.Round(market * (1 + (Math.Sign(order.Size) * order.Slippage)), Scale(market));
        var part = decimal.Round(order.Size / order.Parts, listing.SizeDecimals);
        var orderId = SimulatedIds.OrderId(owner, time, order.Coin);
        for (var (index, left) = (0, order.Size); left != 0; index++)
        {
            var size = index >= order.Parts - 1 || part == 0 ? left : part;
            left -= size;
            Fill(time, order, listing, price, size, orderId, index);
        }
    }

    /// <summary>Buys a token on spot; the exchange takes the fee in what was bought.</summary>
    public void BuySpot(DateTimeOffset time, string token, decimal size, decimal feeRate)
    {
        var pair = SimulatedListings.PairOf(token);
        var price = SimulatedMarket.PriceOf(pair.Name, time);
        var fee = decimal.Round(size * feeRate, Cents);
        var orderId = SimulatedIds.OrderId(owner, time, pair.Name);
        Fills.Add(new SimulatedFill(
            time, pair.Name, price, size, true, Latest.Spot.GetValueOrDefault(token), "Buy", 0, fee, token, true, orderId, SimulatedIds.TradeId(owner, orderId, 0), null));
        books.Add(Latest.WithSpot(time, "USDC", -decimal.Round(size * price, Cents)).WithSpot(time, token, size - fee));
    }

    /// <summary>Pays an hour of funding for each open position.</summary>
    public void PayFunding(DateTimeOffset time)
    {
        foreach (var position in Latest.Positions.Values)
        {
            var rate = SimulatedMarket.FundingRateOf(position.Coin, time);
            var amount = -decimal.Round(position.Size * SimulatedMarket.PriceOf(position.Coin, time) * rate, Cents);
            Funding.Add(new SimulatedFunding(time, position.Coin, amount, position.Size, rate));
            books.Add(Latest.WithCash(time, position.Listing.Dex, amount));
        }
    }

    /// <summary>Adds a staking reward to the stake.</summary>
    public void Reward(DateTimeOffset time, decimal amount)
    {
        Rewards.Add(new SimulatedReward(time, amount));
        books.Add(Latest with { Time = time, Staked = Latest.Staked + amount });
    }

    private void Fill(DateTimeOffset time, SimulatedOrder order, PerpListing listing, decimal price, decimal size, long orderId, int index)
    {
        var before = Latest.Positions.GetValueOrDefault(order.Coin) ?? new(order.Coin, 0, 0, order.Leverage, order.IsIsolated, time, time);
        var change = SimulatedFillMath.Apply(before, size, price, time);
        var fee = decimal.Round(Math.Abs(size) * price * order.FeeRate, Cents);
        Fills.Add(new SimulatedFill(
            time, order.Coin, price, Math.Abs(size), size > 0, before.Size, SimulatedFillMath.DirectionOf(before.Size, size, order), change.ClosedPnl, fee,
            SimulatedListings.CollateralOf(listing.Dex).Name, order.IsTaker, orderId, SimulatedIds.TradeId(owner, orderId, index), order.IsLiquidation ? owner.ToString() : null));
        books.Add(Latest.WithPosition(time, change.Position).WithCash(time, listing.Dex, change.ClosedPnl - fee));
    }

    private static int Scale(decimal price) => (price.Scale, price) switch { (var scale, < 1000) => Math.Max((int)scale, 2), _ => 1 };
}
