using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>Who has an account on the simulated exchange.</summary>
internal sealed class SimulatedAccounts
{
    private const int ShortestHistory = 90;

    private static readonly SimulatedOrder[] HolderOrders = [new("BTC", 0.12m, 10), new("ETH", -1.5m, 5)];

    private readonly Dictionary<string, SimulatedAccount> byAddress;

    private SimulatedAccounts(IEnumerable<SimulatedAccount> accounts) => byAddress = accounts.ToDictionary(account => account.Address.ToString());

    /// <summary>The kinds of accounts that a demo's wallet can have; the first has all parts.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["disabled", "unified", "portfolio-margin", "default", "hip3", "agent", "sub-account", "empty"];

    /// <summary>The accounts themselves.</summary>
    public IReadOnlyCollection<SimulatedAccount> All => byAddress.Values;

    /// <summary>One account of each kind, each with a wallet of its own; and one of a chosen kind for a wallet.</summary>
    public static SimulatedAccounts For(WalletAddress wallet, string kind, DateTimeOffset now)
    {
        var opening = OpeningBefore(now);
        return new([Of(kind, wallet, opening), .. Kinds.Select(each => Of(each, AddressOf(each), opening))]);
    }

    /// <summary>Very many accounts, small ones; every tenth of them has no position.</summary>
    public static SimulatedAccounts Crowd(IEnumerable<WalletAddress> wallets, DateTimeOffset now)
    {
        var opening = OpeningBefore(now);
        return new(wallets.Select((wallet, index) => new SimulatedAccount(
            wallet, "disabled", IsFlat(index) ? SimulatedScripts.Idle : SimulatedScripts.HoldOne(1_000 + index, index % 2 == 0 ? "ETH" : "SOL", 1 + (index % 7)), opening)));
    }

    /// <summary>How many of such a crowd have a position.</summary>
    public static int CountWithPositions(int crowd) => Enumerable.Range(0, crowd).Count(index => !IsFlat(index));

    /// <summary>The wallet of the account of a kind that belongs to nobody.</summary>
    public static WalletAddress AddressOf(string kind) => WalletAddress.Parse(SimulatedIds.Hash(kind)[..42]);

    /// <summary>An address's account; an empty one when it has none.</summary>
    public SimulatedAccount Find(string address) => byAddress.GetValueOrDefault(address, SimulatedAccount.Unknown);

    private static bool IsFlat(int index) => index % 10 == 9;

    /// <summary>The first day of the latest quarter that is long enough ago: so each run of a quarter tells the same history.</summary>
    private static DateTimeOffset OpeningBefore(DateTimeOffset now)
    {
        var latest = now.UtcDateTime.Date.AddDays(-ShortestHistory);
        return new DateTimeOffset(latest.Year, latest.Month - ((latest.Month - 1) % 3), 1, 0, 0, 0, TimeSpan.Zero);
    }

    private static SimulatedAccount Of(string kind, WalletAddress wallet, DateTimeOffset opening) => kind switch
    {
        "disabled" => new(wallet, "disabled", SimulatedTrader.Script, opening) { HasOrders = true },
        "unified" => new(wallet, "unifiedAccount", SimulatedScripts.Hold(18_000, 6_000, 40, HolderOrders), opening) { HasOrders = true },
        "portfolio-margin" => new(wallet, "portfolioMargin", SimulatedScripts.Hold(60_000, 20_000, 200, HolderOrders), opening),
        "default" => new(wallet, "default", SimulatedScripts.Hold(12_000, 4_000, 30, HolderOrders), opening),
        "hip3" => new(wallet, "disabled", SimulatedScripts.HoldOnOtherDex, opening),
        "agent" => new(wallet, "default", SimulatedScripts.Idle, opening) { Role = "agent", Master = AddressOf("disabled") },
        "sub-account" => new(wallet, "disabled", SimulatedScripts.Hold(2_500, 500, 5, new SimulatedOrder("SOL", 6, 5)), opening)
        {
            Role = "subAccount",
            Master = AddressOf("disabled"),
        },
        _ => new(wallet, "default", SimulatedScripts.Idle, opening) { Role = "missing" },
    };
}
