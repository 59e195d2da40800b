namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What the simulated exchange lists; numbers of tokens and names of pairs are those of the real one.</summary>
internal static class SimulatedListings
{
    /// <summary>The name of the exchange's own perpetuals.</summary>
    public const string MainDex = "";

    /// <summary>The exchange of perpetuals that somebody else runs on it.</summary>
    public const string OtherDex = "xyz";

    /// <summary>The validator that stakes go to.</summary>
    public const string Validator = "0x5ac99df645f3414876c816caa18b2d234024b487";

    /// <summary>The vault that takes deposits.</summary>
    public const string Vault = "0xdfc24b077bc1425ad1dea75bcb6f8158e10df303";

    /// <summary>The perpetuals, of all exchanges.</summary>
    public static IReadOnlyList<PerpListing> Perps { get; } =
    [
        new("BTC", MainDex, 64_200m, SizeDecimals: 5, MaxLeverage: 40),
        new("ETH", MainDex, 3_150m, SizeDecimals: 4, MaxLeverage: 25),
        new("SOL", MainDex, 148m, SizeDecimals: 2, MaxLeverage: 20),
        new("HYPE", MainDex, 37.8m, SizeDecimals: 2, MaxLeverage: 10),
        new("xyz:AAPL", OtherDex, 231.5m, SizeDecimals: 3, MaxLeverage: 10),
        new("xyz:TSLA", OtherDex, 348m, SizeDecimals: 3, MaxLeverage: 10),
    ];

    /// <summary>The spot tokens.</summary>
    public static IReadOnlyList<TokenListing> Tokens { get; } =
    [
        new("USDC", 0, SizeDecimals: 8),
        new("PURR", 1, SizeDecimals: 0),
        new("HYPE", 150, SizeDecimals: 2),
        new("USDH", 360, SizeDecimals: 2),
    ];

    /// <summary>The spot pairs, each against USDC.</summary>
    public static IReadOnlyList<PairListing> Pairs { get; } =
    [
        new("PURR/USDC", 0, "PURR", 0.21m, IsCanonical: true),
        new("@107", 107, "HYPE", 37.8m, IsCanonical: false),
        new("@230", 230, "USDH", 0.9998m, IsCanonical: false),
    ];

    /// <summary>The exchanges of perpetuals.</summary>
    public static IReadOnlyList<string> Dexes { get; } = [MainDex, OtherDex];

    /// <summary>The token that accounts on an exchange of perpetuals hold.</summary>
    public static TokenListing CollateralOf(string dex) => TokenOf(dex == MainDex ? "USDC" : "USDH");

    public static PerpListing PerpOf(string coin) => Perps.First(perp => perp.Name == coin);

    public static TokenListing TokenOf(string name) => Tokens.First(token => token.Name == name);

    public static PairListing PairOf(string token) => Pairs.First(pair => pair.Token == token);
}

/// <summary>A perpetual: its exchange, the price that it swings around, and its limits.</summary>
internal sealed record PerpListing(string Name, string Dex, decimal BasePrice, int SizeDecimals, int MaxLeverage);

/// <summary>A spot token.</summary>
internal sealed record TokenListing(string Name, int Index, int SizeDecimals);

/// <summary>A spot pair of a token and USDC.</summary>
internal sealed record PairListing(string Name, int Index, string Token, decimal BasePrice, bool IsCanonical);
