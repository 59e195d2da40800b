using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Tests.Trading.Balances;

/// <summary>Accounts for tests: what is not said is nothing, and was read.</summary>
internal static class Accounts
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);

    public static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");

    public static readonly Prices Prices = new(
        new Dictionary<string, decimal> { ["HYPE"] = 40, ["BTC"] = 64_000 }, new Dictionary<int, decimal> { [0] = 1, [150] = 40, [360] = 0.5m }, Now);

    public static AccountParts Parts(AccountMode? mode, decimal perps = 0, decimal marginUsed = 0, params SpotBalance[] spot) => new(
        Address, Now, mode, [Perps(PerpDex.Main, perps, marginUsed)], Spot(spot), Prices, [new PerpDex(PerpDex.Main, 0), new PerpDex("xyz", 360)], []);

    public static PerpAccount Perps(string dex, decimal accountValue, decimal marginUsed = 0, params Position[] positions) =>
        new(dex, accountValue, accountValue - marginUsed, marginUsed, marginUsed * 10, positions, Now);

    public static SpotAccount Spot(params SpotBalance[] balances) => new(balances, null, new Dictionary<int, decimal>(), Now);

    public static SpotBalance Usdc(decimal total, decimal hold = 0) => new("USDC", 0, total, hold);

    public static SpotBalance Hype(decimal total) => new("HYPE", 150, total, 0);

    public static Position Position(string coin, decimal size, decimal? entry, decimal unrealizedPnl = 0) =>
        new(coin, size, entry, Math.Abs(size) * (entry ?? 0), unrealizedPnl, 0, null, 10, 10, "cross", 40);
}
