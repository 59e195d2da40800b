using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>What is the same for all traders: prices, exchanges of perpetuals, the exchange's state. What is kept is shared by all callers.</summary>
internal sealed class HyperliquidMarket(TimeProvider clock)
{
    private static readonly TimeSpan MidsAge = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MetaAge = TimeSpan.FromHours(1);

    private readonly Kept<Mids> mids = new(MidsAge, clock);
    private readonly Kept<SpotMeta> spotMeta = new(MetaAge, clock);
    private readonly Kept<IReadOnlyList<PerpDex>> dexes = new(MetaAge, clock);

    /// <summary>The prices of the main exchange's markets and of all tokens.</summary>
    public async Task<Prices> ReadPricesAsync(HyperliquidInfo info, CancellationToken cancellationToken)
    {
        var spot = spotMeta.GetAsync(() => ReadSpotMetaAsync(info, cancellationToken));
        var markets = await ReadMidsAsync(info, cancellationToken);
        var meta = await spot;
        return new Prices(markets.ByMarket, TokenPrices.From(meta, markets.ByMarket), markets.AsOf)
        {
            TokenNumbers = NumbersOf(meta.Tokens),
        };
    }

    /// <summary>The exchanges of perpetuals, the main one first.</summary>
    public Task<IReadOnlyList<PerpDex>> ReadDexesAsync(HyperliquidInfo info, CancellationToken cancellationToken) => dexes.GetAsync(async () =>
    {
        var answer = await info.AskAsync(new InfoRequest("perpDexs"), HyperliquidJson.Default.ListPerpDexState, dexes => dexes, cancellationToken);
        var others = answer.OfType<PerpDexState>().Select(async dex =>
            new PerpDex(dex.Name, (await ReadMetaAsync(info, dex.Name, cancellationToken)).CollateralToken ?? 0));
        return [new PerpDex(PerpDex.Main, 0), .. await Task.WhenAll(others)];
    });

    /// <summary>The markets of one exchange of perpetuals, and what its accounts hold.</summary>
    public static Task<PerpMeta> ReadMetaAsync(HyperliquidInfo info, string dex, CancellationToken cancellationToken) =>
        info.AskAsync(new InfoRequest("meta").On(dex), HyperliquidJson.Default.PerpMeta, cancellationToken);

    public static Task<SpotMeta> ReadSpotMetaAsync(HyperliquidInfo info, CancellationToken cancellationToken) =>
        info.AskAsync(new InfoRequest("spotMeta"), HyperliquidJson.Default.SpotMeta, cancellationToken);

    public static Task<ExchangeStatus> ReadStatusAsync(HyperliquidInfo info, CancellationToken cancellationToken) =>
        info.AskAsync(new InfoRequest("exchangeStatus"), HyperliquidJson.Default.ExchangeStatus, cancellationToken);

    /// <summary>What each venue will pay next, by coin and venue; null where a venue does not have the coin.</summary>
    public static Task<List<Pair<string, IReadOnlyList<Pair<string, PredictedFunding>>>>> ReadPredictedFundingsAsync(
        HyperliquidInfo info, CancellationToken cancellationToken) => info.AskAsync(
        new InfoRequest("predictedFundings"), HyperliquidJson.Default.ListPairStringIReadOnlyListPairStringPredictedFunding, cancellationToken);

    /// <summary>Of tokens with one name, the name is that of the oldest.</summary>
    private static Dictionary<string, int> NumbersOf(IEnumerable<SpotToken> tokens) => tokens
        .OrderBy(token => token.Index)
        .SelectMany(token => new[] { (Name: token.Name, token.Index), (Name: $"{token.Name}:{token.TokenId}", token.Index) })
        .DistinctBy(token => token.Name)
        .ToDictionary(token => token.Name, token => token.Index, StringComparer.Ordinal);

    private Task<Mids> ReadMidsAsync(HyperliquidInfo info, CancellationToken cancellationToken) => mids.GetAsync(() =>
        info.AskAsync(new InfoRequest("allMids").On(PerpDex.Main), HyperliquidJson.Default.DictionaryStringNullableDecimal, Read, cancellationToken));

    /// <summary>A price of zero is none.</summary>
    private Mids Read(Dictionary<string, decimal?> answer) => new(
        answer.Where(mid => mid.Value > 0).ToDictionary(mid => mid.Key, mid => mid.Value!.Value, StringComparer.Ordinal), clock.GetInstant());

    private sealed record Mids(IReadOnlyDictionary<string, decimal> ByMarket, Instant AsOf);
}
