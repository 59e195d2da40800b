using System.Text.Json.Serialization;
using TraderHub.Core.Operations.Health;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Whether Hyperliquid answers, by the cheapest question there is (weight 2).</summary>
internal sealed class HyperliquidCheck(HyperliquidInfo info) : IHealthCheck
{
    public string Service => "hyperliquidApi";

    public string Part => HyperliquidInfo.Name;

    public bool IsEssential => false;

    public Task CheckAsync(CancellationToken cancellationToken) => info.AskAsync(
        new InfoRequest("exchangeStatus"),
        HyperliquidStatusJson.Default.ExchangeStatus,
        status => status.Time ?? throw HyperliquidInfo.Incomplete("time"),
        cancellationToken);
}

/// <summary>The answer to <c>exchangeStatus</c>.</summary>
internal sealed record ExchangeStatus(long? Time);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExchangeStatus))]
internal sealed partial class HyperliquidStatusJson : JsonSerializerContext;
