using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Reads a trader's balance, always fresh: balances are never cached (rule B3).</summary>
public sealed class ReadBalance(IExchange exchange)
{
    /// <summary>The balance of an address.</summary>
    /// <exception cref="UpstreamException">The perpetuals account cannot be read, and without it there is no balance.</exception>
    public async Task<Balance> ExecuteAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var spot = ReadSpotAsync(address, cancellationToken);
        var perps = await exchange.ReadPerpAccountAsync(address, PerpDex.Main, cancellationToken);
        return new Balance(address, perps, await spot);
    }

    private async Task<SpotAccount?> ReadSpotAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.ReadSpotAccountAsync(address, cancellationToken);
        }
        catch (UpstreamException)
        {
            // The part is named as missing; the exchange's client has logged why.
            return null;
        }
    }
}
