using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Balances;

/// <summary>The exchange's account data.</summary>
public interface IExchange
{
    /// <summary>The perpetuals account of an address; an empty one when the exchange does not know the address.</summary>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    Task<PerpAccount> ReadPerpAccountAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>The spot account of an address; an empty one when the exchange does not know the address.</summary>
    /// <exception cref="UpstreamException">There is no usable answer.</exception>
    Task<SpotAccount> ReadSpotAccountAsync(WalletAddress address, CancellationToken cancellationToken);
}
