using TraderHub.Core.Operations.Health;
using TraderHub.Data.Upstream.Hyperliquid.Asking;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Whether Hyperliquid answers, by the cheapest question there is (weight 2).</summary>
internal sealed class HyperliquidCheck(HyperliquidInfo info) : IHealthCheck
{
    public string Service => "hyperliquidApi";

    public string Part => HyperliquidInfo.Name;

    public bool IsEssential => false;

    public Task CheckAsync(CancellationToken cancellationToken) => HyperliquidMarket.ReadStatusAsync(info, cancellationToken);
}
