using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Hyperliquid's accounts in TraderHub's terms.</summary>
internal sealed class HyperliquidExchange(HyperliquidInfo info, TimeProvider clock) : IExchange
{
    public Task<PerpAccount> ReadPerpAccountAsync(WalletAddress address, string dex, CancellationToken cancellationToken) => info.AskAsync(
        new InfoRequest("clearinghouseState", address.ToString()), HyperliquidJson.Default.ClearinghouseState, state => Read(dex, state), cancellationToken);

    public Task<SpotAccount> ReadSpotAccountAsync(WalletAddress address, CancellationToken cancellationToken) => info.AskAsync(
        new InfoRequest("spotClearinghouseState", address.ToString()), HyperliquidJson.Default.SpotClearinghouseState, Read, cancellationToken);

    public IExchange InBackground => this;

    public Task<AccountMode> ReadAccountModeAsync(WalletAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AccountRole> ReadAccountRoleAsync(WalletAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<OpenOrder>> ReadOpenOrdersAsync(WalletAddress address, string dex, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Staking> ReadStakingAsync(WalletAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<VaultShare>> ReadVaultsAsync(WalletAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StatedValue?> ReadStatedValueAsync(WalletAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Prices> ReadPricesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PerpDex>> ReadPerpDexesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private PerpAccount Read(string dex, ClearinghouseState state)
    {
        var summary = state.MarginSummary ?? throw HyperliquidInfo.Incomplete("marginSummary");
        var positions = state.AssetPositions ?? throw HyperliquidInfo.Incomplete("assetPositions");
        return new PerpAccount(
            dex,
            Require(summary.AccountValue, "marginSummary.accountValue"),
            Require(state.Withdrawable, "withdrawable"),
            Require(summary.TotalMarginUsed, "marginSummary.totalMarginUsed"),
            Require(summary.TotalNtlPos, "marginSummary.totalNtlPos"),
            positions.Select(Read).Where(position => position.Size != 0).ToList(),
            state.Time is { } time ? Instant.FromUnixTimeMilliseconds(time) : clock.GetInstant());
    }

    private SpotAccount Read(SpotClearinghouseState state)
    {
        var balances = state.Balances ?? throw HyperliquidInfo.Incomplete("balances");
        return new SpotAccount(balances.Select(Read).ToList(), null, new Dictionary<int, decimal>(), clock.GetInstant());
    }

    private static Position Read(AssetPosition? asset)
    {
        var position = asset?.Position ?? throw HyperliquidInfo.Incomplete("assetPositions[].position");
        return new Position(
            position.Coin ?? throw HyperliquidInfo.Incomplete("assetPositions[].position.coin"),
            Require(position.Szi, "assetPositions[].position.szi"),
            position.EntryPx,
            Require(position.PositionValue, "assetPositions[].position.positionValue"),
            Require(position.UnrealizedPnl, "assetPositions[].position.unrealizedPnl"),
            position.ReturnOnEquity ?? 0,
            position.LiquidationPx,
            Require(position.MarginUsed, "assetPositions[].position.marginUsed"),
            position.Leverage?.Value ?? 0,
            position.Leverage?.Type ?? "cross",
            position.MaxLeverage);
    }

    private static SpotBalance Read(SpotBalanceState? balance) => new(
        balance?.Coin ?? throw HyperliquidInfo.Incomplete("balances[].coin"),
        null,
        Require(balance.Total, "balances[].total"),
        balance.Hold ?? 0);

    private static decimal Require(decimal? value, string field) => value ?? throw HyperliquidInfo.Incomplete(field);
}
