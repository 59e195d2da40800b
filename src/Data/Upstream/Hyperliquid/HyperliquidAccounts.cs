using TraderHub.Core.Trading;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>What Hyperliquid says of an account now, in its own shapes.</summary>
internal sealed class HyperliquidAccounts(HyperliquidInfo info)
{
    public Task<ClearinghouseState> ReadPerpsAsync(WalletAddress user, string dex, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("clearinghouseState", user).On(dex), HyperliquidJson.Default.ClearinghouseState, cancellationToken);

    public Task<SpotClearinghouseState> ReadSpotAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("spotClearinghouseState", user), HyperliquidJson.Default.SpotClearinghouseState, cancellationToken);

    /// <summary>How the account keeps its money: a bare word.</summary>
    public Task<string> ReadAbstractionAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("userAbstraction", user), HyperliquidJson.Default.String, cancellationToken);

    /// <summary>What an address is. This weighs more than anything else: ask once, and keep it.</summary>
    public Task<UserRole> ReadRoleAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("userRole", user), HyperliquidJson.Default.UserRole, cancellationToken);

    public Task<UserRateLimit> ReadRateLimitAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("userRateLimit", user), HyperliquidJson.Default.UserRateLimit, cancellationToken);

    public Task<List<FrontendOpenOrder>> ReadOpenOrdersAsync(WalletAddress user, string dex, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("frontendOpenOrders", user).On(dex), HyperliquidJson.Default.ListFrontendOpenOrder, cancellationToken);

    public Task<List<VaultEquity>> ReadVaultEquitiesAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("userVaultEquities", user), HyperliquidJson.Default.ListVaultEquity, cancellationToken);

    public Task<DelegatorSummary> ReadStakingAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("delegatorSummary", user), HyperliquidJson.Default.DelegatorSummary, cancellationToken);

    public Task<List<Delegation>> ReadDelegationsAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("delegations", user), HyperliquidJson.Default.ListDelegation, cancellationToken);
}
