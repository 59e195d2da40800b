using System.Collections.Concurrent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.CashFlows;

/// <summary>
/// Reads what came into and went out of an account since an instant. The ledger is dear to ask, so it is asked when what the account holds has moved, and then only for
/// what is new (rule D5).
/// </summary>
public sealed class ReadCashFlows(IExchange exchange)
{
    private const int SweepAt = 4096;

    /// <summary>Rows may come into the ledger after the money, and are dated by the exchange's clock.</summary>
    private static readonly Duration Late = Duration.FromMinutes(1);

    private static readonly Duration Pause = Duration.FromSeconds(15);

    private static readonly Duration Lifetime = Duration.FromDays(2);

    private readonly ConcurrentDictionary<WalletAddress, SeenLedger> seen = new();

    /// <summary>The moment up to which a balance has everything in it: the exchange's own, where that is near.</summary>
    public static Instant SeenAt(Balance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        var readAt = balance.Parts.ReadAt;
        var stated = balance.Parts.MainPerps.AsOf;
        return InMilliseconds(stated > readAt && stated - readAt <= Late ? stated : readAt);
    }

    /// <summary>Notes what a balance holds at the moment from which its flows will be asked for: nothing has moved since.</summary>
    public void Begin(Balance balance, Instant from)
    {
        ArgumentNullException.ThrowIfNull(balance);
        Keep(balance.Parts.Address, new SeenLedger(from, from, from - Late, [], new Holdings(balance)));
    }

    /// <summary>The flows from an instant until what the balance shows.</summary>
    /// <param name="balance">The balance.</param>
    /// <param name="from">From when; rows of that moment are in it.</param>
    /// <param name="isInBackground">Whether nobody waits for it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<NetFlows> ExecuteAsync(Balance balance, Instant from, bool isInBackground, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(balance);
        var (address, through, holdings) = (balance.Parts.Address, SeenAt(balance), new Holdings(balance));
        var known = seen.TryGetValue(address, out var kept) && kept.From == from ? kept : null;
        if (known is null || !known.Tells(through, holdings))
        {
            try
            {
                var start = known is null ? from : Instant.Max(from, known.Through - Late);

                // An answer from before the balance would lack what the balance already shows.
                var source = isInBackground ? exchange.InBackground : exchange;
                var rows = await source.Afresh.ReadLedgerAsync(address, start, cancellationToken);
                var movedAt = known is not null && !holdings.HaveMovedFrom(known.Holdings) ? known.MovedAt : through;
                known = new(
                    from,
                    through,
                    movedAt,
                    [.. known?.Rows.Where(row => row.At < start) ?? [], .. rows.Where(row => row.At >= start && row.At <= through)],
                    holdings);
                Keep(address, known);
            }
            catch (UpstreamException)
            {
                // The day says that its ledger is missing; the exchange's client has logged why.
                return NetFlows.Unread;
            }
        }

        return NetFlows.Of(known.Rows, address, balance.Parts.Prices);
    }

    /// <summary>The flows of a time that has passed.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="from">From when; rows of that moment are in it.</param>
    /// <param name="until">Until when; rows of that moment are not in it.</param>
    /// <param name="prices">What tokens are worth, for rows that do not say.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<NetFlows> ExecuteInBackgroundAsync(
        WalletAddress address, Instant from, Instant until, Prices? prices, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await exchange.InBackground.ReadLedgerAsync(address, from, cancellationToken);
            return NetFlows.Of(rows.Where(row => row.At < until).ToList(), address, prices);
        }
        catch (UpstreamException)
        {
            return NetFlows.Unread;
        }
    }

    private void Keep(WalletAddress address, SeenLedger ledger)
    {
        if (seen.Count >= SweepAt)
        {
            foreach (var (other, old) in seen.Where(entry => ledger.Through - entry.Value.Through > Lifetime))
            {
                seen.TryRemove(KeyValuePair.Create(other, old));
            }
        }

        seen[address] = ledger;
    }

    private static Instant InMilliseconds(Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>What was read of a trader's ledger, from when until when, and what the account held then.</summary>
    private sealed record SeenLedger(Instant From, Instant Through, Instant MovedAt, IReadOnlyList<LedgerRow> Rows, Holdings Holdings)
    {
        /// <summary>Whether it serves for what an account holds now: nothing has moved, and what moved last has had the time to be written down.</summary>
        public bool Tells(Instant now, Holdings holdings) =>
            !holdings.HaveMovedFrom(Holdings) && (Through - MovedAt >= Late || now - Through < Pause);
    }
}
