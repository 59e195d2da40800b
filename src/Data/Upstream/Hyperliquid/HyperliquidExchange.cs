using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid.Asking;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>Hyperliquid's accounts in TraderHub's terms.</summary>
internal sealed class HyperliquidExchange(HyperliquidInfo info, HyperliquidMarket market, TimeProvider clock) : IExchange
{
    private readonly HyperliquidAccounts accounts = new(info);
    private readonly HyperliquidHistory history = new(info);

    public IExchange InBackground => info.InBackground == info ? this : new HyperliquidExchange(info.InBackground, market, clock);

    public IExchange Afresh => new HyperliquidExchange(info.Afresh, market, clock);

    public async Task<AccountMode> ReadAccountModeAsync(WalletAddress address, CancellationToken cancellationToken) =>
        new(await accounts.ReadAbstractionAsync(address, cancellationToken));

    public async Task<AccountRole> ReadAccountRoleAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var role = await accounts.ReadRoleAsync(address, cancellationToken);
        return new(role.Role, WalletAddress.TryParse(role.Data?.User ?? role.Data?.Master, out var master) ? master : null);
    }

    public async Task<PerpAccount> ReadPerpAccountAsync(WalletAddress address, string dex, CancellationToken cancellationToken) =>
        AccountReading.Read(dex, await accounts.ReadPerpsAsync(address, dex, cancellationToken), clock.GetInstant());

    public async Task<SpotAccount> ReadSpotAccountAsync(WalletAddress address, CancellationToken cancellationToken) =>
        AccountReading.Read(await accounts.ReadSpotAsync(address, cancellationToken), clock.GetInstant());

    public async Task<IReadOnlyList<OpenOrder>> ReadOpenOrdersAsync(WalletAddress address, string dex, CancellationToken cancellationToken) =>
        AccountReading.Read(await accounts.ReadOpenOrdersAsync(address, dex, cancellationToken));

    public async Task<Staking> ReadStakingAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var summary = await accounts.ReadStakingAsync(address, cancellationToken);
        return new(summary.Delegated, summary.Undelegated, summary.TotalPendingWithdrawal, clock.GetInstant());
    }

    public async Task<IReadOnlyList<VaultShare>> ReadVaultsAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var vaults = await accounts.ReadVaultEquitiesAsync(address, cancellationToken);
        return vaults.Select(vault => new VaultShare(vault.VaultAddress, vault.Equity, AccountReading.InstantOf(vault.LockedUntilTimestamp))).ToList();
    }

    public async Task<StatedValue?> ReadStatedValueAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var portfolio = await history.ReadPortfolioAsync(address, cancellationToken);
        return portfolio.TryGetValue("day", out var day) && day.AccountValueHistory is [.., var last]
            ? new(last.Second, Instant.FromUnixTimeMilliseconds(last.First))
            : null;
    }

    public async Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(WalletAddress address, Instant from, CancellationToken cancellationToken)
    {
        var rows = new List<LedgerRow>();
        await foreach (var page in history.ReadLedgerAsync(address, from.ToUnixTimeMilliseconds(), to: null, cancellationToken))
        {
            rows.AddRange(page.Select(LedgerReading.Read));
        }

        return rows;
    }

    public Task<Prices> ReadPricesAsync(CancellationToken cancellationToken) => market.ReadPricesAsync(info, cancellationToken);

    public Task<IReadOnlyList<PerpDex>> ReadPerpDexesAsync(CancellationToken cancellationToken) => market.ReadDexesAsync(info, cancellationToken);
}
