using System.Text.Json.Serialization;
using TraderHub.Data.Upstream.Hyperliquid.Asking;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>
/// Hyperliquid's wire: names in camelCase, amounts as strings. Its fields changed over the years: what is not in a message is ignored, what may be
/// absent is optional there, and an answer without one of the others is a bad answer.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(PairConverter<int, int>),
        typeof(PairConverter<int, decimal>),
        typeof(PairConverter<long, decimal>),
        typeof(PairConverter<string, PortfolioPeriod>),
        typeof(PairConverter<string, PredictedFunding>),
        typeof(PairConverter<string, IReadOnlyList<Pair<string, PredictedFunding>>>),
    ])]
[JsonSerializable(typeof(InfoRequest))]
[JsonSerializable(typeof(ClearinghouseState))]
[JsonSerializable(typeof(SpotClearinghouseState))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(DelegatorSummary))]
[JsonSerializable(typeof(List<Delegation>))]
[JsonSerializable(typeof(List<DelegatorReward>))]
[JsonSerializable(typeof(List<DelegatorUpdate>))]
[JsonSerializable(typeof(List<VaultEquity>))]
[JsonSerializable(typeof(Dictionary<string, decimal?>))]
[JsonSerializable(typeof(List<FrontendOpenOrder>))]
[JsonSerializable(typeof(List<Fill>))]
[JsonSerializable(typeof(List<FundingUpdate>))]
[JsonSerializable(typeof(List<LedgerUpdate>))]
[JsonSerializable(typeof(LedgerDelta))]
[JsonSerializable(typeof(List<Pair<string, PortfolioPeriod>>))]
[JsonSerializable(typeof(UserRole))]
[JsonSerializable(typeof(UserRateLimit))]
[JsonSerializable(typeof(ExchangeStatus))]
[JsonSerializable(typeof(List<Pair<string, IReadOnlyList<Pair<string, PredictedFunding>>>>))]
[JsonSerializable(typeof(List<PerpDexState>))]
[JsonSerializable(typeof(List<CandleState>))]
[JsonSerializable(typeof(PerpMeta))]
[JsonSerializable(typeof(SpotMeta))]
internal sealed partial class HyperliquidJson : JsonSerializerContext;
