using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>
/// The exchange's account data, read now unless a method says otherwise. An address that the exchange does not know has an empty account. Every
/// method throws <see cref="UpstreamException"/> when there is no usable answer (rule U1).
/// </summary>
public interface IExchange
{
    /// <summary>The same exchange for work that nobody waits for: its questions let those of waiting callers go first, and are more patient (rules U2 and U3).</summary>
    IExchange InBackground { get; }

    /// <summary>The same exchange for what must be newer than something that was read just now: its answers are not those of the last second (rule U2).</summary>
    IExchange Afresh { get; }

    /// <summary>How the exchange keeps the account's money.</summary>
    Task<AccountMode> ReadAccountModeAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>What the address is to the exchange. This weighs more than any other question (rule U2): ask once, and keep the answer.</summary>
    Task<AccountRole> ReadAccountRoleAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>The perpetuals account on one exchange of perpetuals.</summary>
    /// <param name="address">Whose account.</param>
    /// <param name="dex">The exchange's name; <see cref="PerpDex.Main"/> is Hyperliquid's own.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<PerpAccount> ReadPerpAccountAsync(WalletAddress address, string dex, CancellationToken cancellationToken);

    /// <summary>The spot account.</summary>
    Task<SpotAccount> ReadSpotAccountAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>The open orders on one exchange of perpetuals, spot orders with those of the main one.</summary>
    Task<IReadOnlyList<OpenOrder>> ReadOpenOrdersAsync(WalletAddress address, string dex, CancellationToken cancellationToken);

    /// <summary>What is staked.</summary>
    Task<Staking> ReadStakingAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>The shares in vaults.</summary>
    Task<IReadOnlyList<VaultShare>> ReadVaultsAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>The exchange's own figure of what the account is worth, a few minutes to hours old; null when it has none yet.</summary>
    Task<StatedValue?> ReadStatedValueAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>What moved other than by trading and funding, from an instant on, oldest first.</summary>
    /// <param name="address">Whose ledger.</param>
    /// <param name="from">The first moment; rows of it are among them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(WalletAddress address, Instant from, CancellationToken cancellationToken);

    /// <summary>The prices; those of the last seconds are shared by all callers.</summary>
    Task<Prices> ReadPricesAsync(CancellationToken cancellationToken);

    /// <summary>The exchanges of perpetuals, the main one first; kept for an hour.</summary>
    Task<IReadOnlyList<PerpDex>> ReadPerpDexesAsync(CancellationToken cancellationToken);
}
