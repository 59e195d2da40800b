using NodaTime;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Reads the open orders of an account on every exchange of perpetuals where it can have some; each is asked by itself, and named when it does not answer.</summary>
internal sealed class ReadOrders(IExchange exchange, TimeProvider clock)
{
    private readonly Kept<(WalletAddress, string), IReadOnlyList<OpenOrder>> orders = new(clock, Duration.FromSeconds(60));
    private readonly Kept<(WalletAddress, string), IReadOnlyList<OpenOrder>> unlikely = new(clock, Duration.FromMinutes(10));

    /// <summary>The orders on the main exchange and on spot.</summary>
    public Task<Part<IReadOnlyList<OpenOrder>>?> ReadMainAsync(WalletAddress address, PartReader parts, CancellationToken cancellationToken) =>
        parts.TryAsync("orders", ReadAsync(orders, address, PerpDex.Main, cancellationToken));

    /// <summary>Those of the main exchange with those of the others; null without the main ones. The whole is as old as its oldest part.</summary>
    public async Task<Part<IReadOnlyList<OpenOrder>>?> ReadAllAsync(
        Part<IReadOnlyList<OpenOrder>>? main, Balance balance, PartReader parts, CancellationToken cancellationToken)
    {
        var address = balance.Parts.Address;
        var others = await Task.WhenAll(
            balance.Parts.UsedDexes.Select(dex => TryAsync(orders, dex)).Concat(UnusedDexes(balance).Select(dex => TryAsync(unlikely, dex))));
        return main is null || others.OfType<Part<IReadOnlyList<OpenOrder>>>().ToList() is not { Count: > 0 } read
            ? main
            : new([.. main.Value, .. read.SelectMany(part => part.Value)], read.Select(part => part.AsOf).Append(main.AsOf).Min());

        Task<Part<IReadOnlyList<OpenOrder>>?> TryAsync(Kept<(WalletAddress, string), IReadOnlyList<OpenOrder>> kept, string dex) =>
            parts.TryAsync($"orders:{dex}", ReadAsync(kept, address, dex, cancellationToken));
    }

    private Task<Part<IReadOnlyList<OpenOrder>>> ReadAsync(
        Kept<(WalletAddress, string), IReadOnlyList<OpenOrder>> kept, WalletAddress address, string dex, CancellationToken cancellationToken) =>
        kept.ReadAsync((address, dex), () => exchange.ReadOpenOrdersAsync(address, dex, cancellationToken));

    /// <summary>
    /// Where a unified account may have orders without showing anything there: its orders hold money on spot. They are looked for while spot holds more than positions
    /// need.
    /// </summary>
    private static IEnumerable<string> UnusedDexes(Balance balance) => balance.IsUnified == true && balance.Values.HeldCollateral > balance.MarginUsed
        ? balance.Parts.Dexes.Select(dex => dex.Name).Where(name => name != PerpDex.Main).Except(balance.Parts.UsedDexes)
        : [];
}
