using NodaTime;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.CashFlows;

/// <summary>What came in less what went out over a time, in US dollars.</summary>
/// <param name="Amount">The sum; null when a part of it is not known.</param>
/// <param name="Missing">What is not known: <c>ledger</c>, or a type of its rows such as <c>ledger:deployGasAuction</c>.</param>
/// <param name="LastAt">When the last row was that is in it; null when there is none.</param>
public sealed record NetFlows(decimal? Amount, IReadOnlyList<string> Missing, Instant? LastAt)
{
    /// <summary>What came in, in US dollars; 0 when not all of it is known.</summary>
    public decimal Inflows { get; init; }

    /// <summary>The exchanges of perpetuals that something came to or left, and when it last did.</summary>
    public IReadOnlyDictionary<string, Instant> Dexes { get; init; } = new Dictionary<string, Instant>();

    /// <summary>The flows of a time in which nothing moved.</summary>
    public static NetFlows None { get; } = new(0, [], null);

    /// <summary>The ledger could not be read.</summary>
    public static NetFlows Unread { get; } = new(null, ["ledger"], null);

    /// <summary>The sum of a ledger's rows.</summary>
    public static NetFlows Of(IReadOnlyList<LedgerRow> rows, WalletAddress owner, Prices? prices)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var flows = rows.Select(row => CashFlow.Of(row, owner, prices)).ToList();
        return new(
            flows.Aggregate((decimal?)0, (sum, flow) => sum + flow.Amount),
            [.. flows.Where(flow => flow.Amount is null).Select(flow => $"ledger:{flow.Row.Type}").Distinct().Order(StringComparer.Ordinal)],
            rows.Count == 0 ? null : rows.Max(row => row.At))
        {
            Inflows = flows.All(flow => flow.Amount is not null) ? flows.Sum(flow => Math.Max(0, flow.Amount!.Value)) : 0,
            Dexes = rows
                .SelectMany(row => row.DexesOf(owner).Select(dex => (Dex: dex, row.At)))
                .GroupBy(moved => moved.Dex)
                .ToDictionary(group => group.Key, group => group.Max(moved => moved.At)),
        };
    }
}
