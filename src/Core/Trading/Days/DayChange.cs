using NodaTime;
using TraderHub.Core.Trading.CashFlows;

namespace TraderHub.Core.Trading.Days;

/// <summary>
/// What a day has brought: what its balance changed by, less what came in and went out. A day of which not all is known is not judged: its change is null, and what is
/// missing is named (rule D5).
/// </summary>
/// <param name="Amount">The change in US dollars; null when it is not known.</param>
/// <param name="NetFlows">What came in less what went out; null when it is not known.</param>
/// <param name="Basis">What there was to work with: the start balance and what came in. Percentages are of it (rule D4).</param>
/// <param name="Missing">Why the change is not known: <c>startBalance</c>, <c>endBalance</c>, <c>ledger</c>, or a type of the ledger's rows.</param>
public sealed record DayChange(decimal? Amount, decimal? NetFlows, decimal Basis, IReadOnlyList<string> Missing)
{
    /// <summary>How far from its boundary a balance still tells what the day began or ended with.</summary>
    private static readonly Duration Near = Duration.FromMinutes(45);

    /// <summary>The change in percent of the basis; 0 when that is nothing.</summary>
    public decimal? Percent => Basis > 0 ? Amount / Basis * 100 : Amount * 0;

    /// <summary>The change until a balance.</summary>
    /// <param name="day">The day.</param>
    /// <param name="total">What the balance came to.</param>
    /// <param name="asOf">When it was seen.</param>
    /// <param name="flows">What moved meanwhile.</param>
    public static DayChange Of(DailyBalance day, decimal total, Instant asOf, NetFlows flows)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(flows);
        var missing = flows.Missing.ToList();
        if (day.StartsAt is { } startsAt && day.StartAsOf - startsAt > Near)
        {
            missing.Add("startBalance");
        }

        if (asOf - day.EndsAt > Near)
        {
            missing.Add("endBalance");
        }

        return new(missing.Count == 0 ? total - day.StartBalance - flows.Amount : null, flows.Amount, day.StartBalance + flows.Inflows, missing);
    }
}
