using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Knows an account's mode and where its trader has perpetuals, and asks again when that is old (rule B6).</summary>
internal sealed class ReadAccountProfile(IExchange exchange, ITraderRepository traders, TimeProvider clock)
{
    private static readonly Duration ModeLifetime = Duration.FromHours(24);

    private static readonly Duration DoubtAfter = Duration.FromMinutes(10);

    /// <summary>The profile as it is remembered, renewed where it is too old and the exchange answers.</summary>
    public async Task<AccountProfile> ExecuteAsync(WalletAddress address, Duration dexesLifetime, PartReader parts, CancellationToken cancellationToken)
    {
        var known = await traders.FindProfileAsync(address, cancellationToken) ?? AccountProfile.Unknown;
        var mode = IsOver(known.ModeReadAt, ModeLifetime) ? parts.TryAsync("mode", exchange.ReadAccountModeAsync(address, cancellationToken)) : null;
        var dexes = IsOver(known.DexesReadAt, dexesLifetime) ? parts.TryAsync("dexes", FindDexesAsync(address, cancellationToken)) : null;
        var renewed = known;
        if (mode is not null && await mode is { } modeNow)
        {
            renewed = renewed with { Mode = modeNow, ModeReadAt = clock.GetInstant(), IsUnified = modeNow.IsUnified };
        }

        if (dexes is not null && await dexes is { } dexesNow)
        {
            renewed = renewed with { Dexes = dexesNow, DexesReadAt = clock.GetInstant() };
        }

        await SaveChangeAsync(address, known, renewed, cancellationToken);
        return renewed;
    }

    /// <summary>Remembers what the figures told, and has the mode asked again when they speak against it.</summary>
    public Task LearnAsync(AccountProfile profile, Balance balance, CancellationToken cancellationToken)
    {
        var learned = Contradicts(profile, balance) && IsOver(profile.ModeReadAt, DoubtAfter)
            ? profile with { ModeReadAt = null }
            : profile with { IsUnified = AccountForm.FromStatedValue(balance.Parts, balance.Values) ?? profile.IsUnified };
        return SaveChangeAsync(balance.Parts.Address, profile, learned, cancellationToken);
    }

    private static bool Contradicts(AccountProfile profile, Balance balance)
    {
        var isPortfolio = balance.Parts.Spot?.IsPortfolioMargin;
        return profile.Mode?.IsUnified is { } isUnified
            && ((isPortfolio is not null && isPortfolio != (profile.Mode == AccountMode.PortfolioMargin))
                || (AccountForm.FromStatedValue(balance.Parts, balance.Values) is { } told && told != isUnified));
    }

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
