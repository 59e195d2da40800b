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

    private readonly ReadOrders orders = new(exchange, clock);
    private readonly Kept<WalletAddress, Staking> staking = new(clock, Duration.FromMinutes(10));
    private readonly Kept<WalletAddress, IReadOnlyList<VaultShare>> vaults = new(clock, Duration.FromMinutes(10));
    private readonly ReadStatedValue statedValue = new(clock);
    private readonly Kept<WalletAddress, AccountRole> roles = new(clock, Duration.FromHours(24));
    private readonly Kept<WalletAddress, AccountMode> doubts = new(clock, Duration.FromMinutes(10));

    /// <summary>The whole balance, for somebody who waits for it.</summary>
    /// <exception cref="UpstreamException">The perpetuals account cannot be read, and without it there is no balance (rule B1).</exception>
    public Task<Balance> ExecuteAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var parts = new PartReader();
        var mainOrders = orders.ReadMainAsync(address, parts, cancellationToken);
        var staking = parts.TryAsync("staking", this.staking.ReadAsync(address, () => exchange.ReadStakingAsync(address, cancellationToken)));
        var vaults = parts.TryAsync("vaults", this.vaults.ReadAsync(address, () => exchange.ReadVaultsAsync(address, cancellationToken)));
        var stated = statedValue.ExecuteAsync(exchange, address, parts, cancellationToken);
        return ReadBelievableAsync(exchange, address, DexesForRequests, CompleteAsync, parts, cancellationToken);

        async Task<AccountParts> CompleteAsync(AccountParts basics)
        {
            var read = basics with
            {
                Staking = await staking,
                Vaults = await vaults,
                Stated = await stated,
                Role = basics.IsEmpty ? await ReadRoleAsync(address, parts, cancellationToken) : null,
            };
            var whole = await statedValue.CompareAsync(exchange, read, cancellationToken);
            return whole with { Orders = await orders.ReadAllAsync(await mainOrders, new Balance(whole), parts, cancellationToken) };
        }
    }

    /// <summary>What days are measured by and snapshots hold: perpetuals and spot, for timers, behind everybody who waits (rule U2).</summary>
    /// <exception cref="UpstreamException">The perpetuals account cannot be read.</exception>
    public Task<Balance> ExecuteInBackgroundAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var parts = new PartReader();
        var background = exchange.InBackground;
        return ReadBelievableAsync(background, address, DexesForTimers, CompleteAsync, parts, cancellationToken);

        // Where the mode does not tell, only the exchange's own figure can; what it told is remembered.
        async Task<AccountParts> CompleteAsync(AccountParts basics)
        {
            var isTold = basics.Mode?.IsUnified is not null || basics.RememberedForm is not null;
            var whole = isTold || new Valuation(basics) is not { Perps: not (null or 0), Spot: not (null or 0) }
                ? basics
                : basics with { Stated = await statedValue.ExecuteAsync(background, address, parts, cancellationToken) };
            return await statedValue.CompareAsync(background, whole, cancellationToken);
        }
    }

    /// <summary>Has the next reading look at all exchanges of perpetuals: the trader may have something where nothing was.</summary>
    public async Task ForgetDexesAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        if (await traders.FindProfileAsync(address, cancellationToken) is { DexesReadAt: not null } known)
        {
            await traders.SaveProfileAsync(address, known with { DexesReadAt = null }, cancellationToken);
        }
    }

    /// <summary>A balance by the mode as it is now: figures that speak against the remembered one are not shown before it was asked again (rule B6).</summary>
    private async Task<Balance> ReadBelievableAsync(
        IExchange from,
        WalletAddress address,
        Duration dexesLifetime,
        Func<AccountParts, Task<AccountParts>> completeAsync,
        PartReader parts,
        CancellationToken cancellationToken)
    {
        var profiles = new ReadAccountProfile(from, traders, doubts, clock);
        var reading = profiles.ExecuteAsync(address, dexesLifetime, parts, cancellationToken);
        var balance = await ReadAsync(from, reading);
        var (profile, isModeNew) = await reading;
        if (balance.IsDoubtful && !isModeNew)
        {
            var doubted = profile;
            profile = await new ReadAccountProfile(from.Afresh, traders, doubts, clock).AskAgainAsync(address, doubted, parts, cancellationToken);
            if (profile.Mode != doubted.Mode || profile.IsUnified != doubted.IsUnified)
            {
                // What was read may lie on both sides of the change.
                balance = await ReadAsync(from.Afresh, Task.FromResult((profile, true)));
            }
        }

        if (!balance.IsDoubtful)
        {
            doubts.Forget(address);
        }

        await profiles.LearnAsync(profile, balance, cancellationToken);
        return balance;

        async Task<Balance> ReadAsync(IExchange source, Task<(AccountProfile Profile, bool IsModeNew)> profile)
        {
            var whole = await completeAsync(await ReadBasicsAsync(source, address, profile, parts, cancellationToken));
            return new Balance(whole with { Missing = parts.Missing });
        }
    }

    private async Task<AccountParts> ReadBasicsAsync(
        IExchange from,
        WalletAddress address,
        Task<(AccountProfile Profile, bool IsModeNew)> profileReading,
        PartReader parts,
        CancellationToken cancellationToken)
    {
        var readAt = clock.GetInstant();
        var main = from.ReadPerpAccountAsync(address, PerpDex.Main, cancellationToken);
        var spot = parts.TryAsync("spot", from.ReadSpotAccountAsync(address, cancellationToken));
        var prices = parts.TryAsync("prices", from.ReadPricesAsync(cancellationToken));
        var dexes = parts.TryAsync("dexes", from.ReadPerpDexesAsync(cancellationToken));

        // Without it there is no balance, and no reason to wait for the rest.
        var account = await main;
        var (profile, _) = await profileReading;
        var others = await Task.WhenAll(profile.Dexes
            .Select(dex => parts.TryAsync($"perps:{dex}", from.ReadPerpAccountAsync(address, dex, cancellationToken))));
        var perps = new[] { account }.Concat(others.OfType<PerpAccount>()).ToList();
        return new(address, readAt, profile.Mode, perps, await spot, await prices, await dexes ?? [], [])
        {
            RememberedForm = profile.IsUnified,
            UsedDexes = profile.Dexes,
            DexesReadAt = profile.DexesReadAt,
            HasAllPerps = profile.DexesReadAt is not null && others.All(account => account is not null),
        };
    }

    private async Task<AccountRole?> ReadRoleAsync(WalletAddress address, PartReader parts, CancellationToken cancellationToken) =>
        (await parts.TryAsync("role", roles.ReadAsync(address, () => exchange.ReadAccountRoleAsync(address, cancellationToken))))?.Value;
}
