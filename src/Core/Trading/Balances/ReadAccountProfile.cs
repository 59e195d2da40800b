using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Knows an account's mode and where its trader has perpetuals, and asks again when that is old or doubtful (rule B6).</summary>
internal sealed class ReadAccountProfile(IExchange exchange, ITraderRepository traders, Kept<WalletAddress, AccountMode> doubts, TimeProvider clock)
{
    private static readonly Duration ModeLifetime = Duration.FromHours(24);

    /// <summary>The profile as it is remembered, renewed where it is too old and the exchange answers; and whether its mode was asked just now.</summary>
    public async Task<(AccountProfile Profile, bool IsModeNew)> ExecuteAsync(
        WalletAddress address, Duration dexesLifetime, PartReader parts, CancellationToken cancellationToken)
    {
        var known = await traders.FindProfileAsync(address, cancellationToken) ?? AccountProfile.Unknown;
        var mode = IsOver(known.ModeReadAt, ModeLifetime) ? parts.TryAsync("mode", exchange.ReadAccountModeAsync(address, cancellationToken)) : null;
        var dexes = IsOver(known.DexesReadAt, dexesLifetime) ? parts.TryAsync("dexes", FindDexesAsync(address, cancellationToken)) : null;
        var modeNow = mode is null ? null : await mode;
        var renewed = modeNow is null ? known : With(known, modeNow);
        if (dexes is not null && await dexes is { } dexesNow)
        {
            renewed = renewed with { Dexes = dexesNow, DexesReadAt = clock.GetInstant() };
        }

        await SaveChangeAsync(address, known, renewed, cancellationToken);
        return (renewed, mode is not null);
    }

    /// <summary>
    /// The profile with the mode as it is now, for figures that speak against the one that is remembered. It is unknown when the exchange does not say. Figures that
    /// look wrong under the mode that was confirmed do not make everybody wait for the same question each time.
    /// </summary>
    public async Task<AccountProfile> AskAgainAsync(WalletAddress address, AccountProfile doubted, PartReader parts, CancellationToken cancellationToken)
    {
        var mode = await parts.TryAsync("mode", doubts.ReadAsync(address, () => exchange.ReadAccountModeAsync(address, cancellationToken)));
        if (mode is null)
        {
            await SaveChangeAsync(address, doubted, doubted with { ModeReadAt = null }, cancellationToken);
            return doubted with { Mode = null, ModeReadAt = null, IsUnified = null };
        }

        var renewed = With(doubted, mode.Value) with { ModeReadAt = mode.AsOf, IsUnified = mode.Value.IsUnified };
        await SaveChangeAsync(address, doubted, renewed, cancellationToken);
        return renewed;
    }

    /// <summary>Remembers what a figure of the exchange told where the mode does not.</summary>
    public Task LearnAsync(AccountProfile profile, Balance balance, CancellationToken cancellationToken)
    {
        if (profile.Mode is not { IsUnified: null } mode)
        {
            return Task.CompletedTask;
        }

        var told = AccountForm.FromFreshValue(balance.Parts, balance.Values)
            ?? profile.IsUnified
            ?? (mode == AccountMode.Default && AccountForm.IsFresh(balance.Parts) ? false : null);
        return SaveChangeAsync(balance.Parts.Address, profile, profile with { IsUnified = told }, cancellationToken);
    }

    private AccountProfile With(AccountProfile known, AccountMode mode) =>
        known with { Mode = mode, ModeReadAt = clock.GetInstant(), IsUnified = mode == known.Mode ? known.IsUnified : mode.IsUnified };

    private bool IsOver(Instant? readAt, Duration lifetime) => readAt is not { } at || clock.GetInstant() - at >= lifetime;

    private Task SaveChangeAsync(WalletAddress address, AccountProfile before, AccountProfile after, CancellationToken cancellationToken) =>
        after == before ? Task.CompletedTask : traders.SaveProfileAsync(address, after, cancellationToken);

    private async Task<IReadOnlyList<string>> FindDexesAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        var others = (await exchange.ReadPerpDexesAsync(cancellationToken)).Where(dex => dex.Name != PerpDex.Main);
        var accounts = await Task.WhenAll(others.Select(dex => exchange.ReadPerpAccountAsync(address, dex.Name, cancellationToken)));
        return accounts.Where(account => account.AccountValue != 0 || account.Positions.Count > 0).Select(account => account.Dex).ToList();
    }
}
