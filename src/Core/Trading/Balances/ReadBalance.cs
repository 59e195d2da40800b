using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Reads a trader's balance. Perpetuals and spot are read afresh each time (rule B3); what is dear to ask is kept for minutes.</summary>
public sealed class ReadBalance(IExchange exchange, ITraderRepository traders, TimeProvider clock)
{
    private static readonly Duration DexesForRequests = Duration.FromMinutes(10);

    private static readonly Duration DexesForTimers = Duration.FromHours(24);

    private readonly Kept<IReadOnlyList<OpenOrder>> orders = new(clock, Duration.FromSeconds(60));
    private readonly Kept<Staking> staking = new(clock, Duration.FromMinutes(10));
    private readonly Kept<IReadOnlyList<VaultShare>> vaults = new(clock, Duration.FromMinutes(10));
    private readonly Kept<StatedValue?> stated = new(clock, Duration.FromMinutes(10));
    private readonly Kept<AccountRole> roles = new(clock, Duration.FromHours(24));

    /// <summary>The whole balance, for somebody who waits for it.</summary>
    /// <exception cref="UpstreamException">The perpetuals account cannot be read, and without it there is no balance (rule B1).</exception>
    public async Task<Balance> ExecuteAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var parts = new PartReader();
        var orders = parts.TryAsync("orders", this.orders.ReadAsync(address, () => exchange.ReadOpenOrdersAsync(address, PerpDex.Main, cancellationToken)));
        var staking = parts.TryAsync("staking", this.staking.ReadAsync(address, () => exchange.ReadStakingAsync(address, cancellationToken)));
        var vaults = parts.TryAsync("vaults", this.vaults.ReadAsync(address, () => exchange.ReadVaultsAsync(address, cancellationToken)));
        var stated = parts.TryAsync("statedValue", this.stated.ReadAsync(address, () => exchange.ReadStatedValueAsync(address, cancellationToken)));
        var profile = ProfileOf(exchange).ExecuteAsync(address, DexesForRequests, parts, cancellationToken);
        var basics = await ReadBasicsAsync(exchange, address, profile, parts, cancellationToken);
        var read = basics with
        {
            Orders = await orders,
            Staking = await staking,
            Vaults = await vaults,
            Stated = await stated,
            Role = basics.IsEmpty ? (await parts.TryAsync("role", roles.ReadAsync(address, () => exchange.ReadAccountRoleAsync(address, cancellationToken))))?.Value : null,
        };
        return await LearnAsync(new Balance(read with { Missing = parts.Missing }), await profile, cancellationToken);
    }

    /// <summary>What days are measured by and snapshots hold: perpetuals and spot, for timers, behind everybody who waits (rule U2).</summary>
    /// <exception cref="UpstreamException">The perpetuals account cannot be read.</exception>
    public async Task<Balance> ExecuteInBackgroundAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var parts = new PartReader();
        var background = exchange.InBackground;
        var profile = ProfileOf(background).ExecuteAsync(address, DexesForTimers, parts, cancellationToken);
        var basics = await ReadBasicsAsync(background, address, profile, parts, cancellationToken);
        var balance = new Balance(basics with { Missing = parts.Missing });
        if (balance.IsUnified is null && balance.Values is { Perps: not null, Spot: not null })
        {
            // Only the exchange's own figure can tell now; what it tells is remembered for a day.
            var figure = await parts.TryAsync("statedValue", stated.ReadAsync(address, () => background.ReadStatedValueAsync(address, cancellationToken)));
            balance = new Balance(basics with { Stated = figure, Missing = parts.Missing });
        }

        return await LearnAsync(balance, await profile, cancellationToken);
    }

    private async Task<AccountParts> ReadBasicsAsync(
        IExchange from, WalletAddress address, Task<AccountProfile> profileReading, PartReader parts, CancellationToken cancellationToken)
    {
        var readAt = clock.GetInstant();
        var main = from.ReadPerpAccountAsync(address, PerpDex.Main, cancellationToken);
        var spot = parts.TryAsync("spot", from.ReadSpotAccountAsync(address, cancellationToken));
        var prices = parts.TryAsync("prices", from.ReadPricesAsync(cancellationToken));

        // Without it there is no balance, and no reason to wait for the rest.
        var account = await main;
        var profile = await profileReading;
        var dexes = profile.Dexes.Count > 0 ? await parts.TryAsync("dexes", from.ReadPerpDexesAsync(cancellationToken)) : null;
        var others = await Task.WhenAll(profile.Dexes
            .Select(dex => parts.TryAsync($"perps:{dex}", from.ReadPerpAccountAsync(address, dex, cancellationToken))));
        var perps = new[] { account }.Concat(others.OfType<PerpAccount>()).ToList();
        return new(address, readAt, profile.Mode, perps, await spot, await prices, dexes ?? [], [])
        {
            RememberedForm = profile.IsUnified,
            HasAllPerps = profile.DexesReadAt is not null && others.All(account => account is not null),
        };
    }

    private async Task<Balance> LearnAsync(Balance balance, AccountProfile profile, CancellationToken cancellationToken)
    {
        await ProfileOf(exchange).LearnAsync(profile, balance, cancellationToken);
        return balance;
    }

    private ReadAccountProfile ProfileOf(IExchange from) => new(from, traders, clock);
}
