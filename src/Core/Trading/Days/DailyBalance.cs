using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Days;

/// <summary>A day of a trader's calendar as it was opened (rule D1). Amounts are in US dollars.</summary>
/// <param name="Address">Whose day.</param>
/// <param name="Date">Its date on the trader's calendar.</param>
/// <param name="UtcDate">The UTC date of the moment it began.</param>
/// <param name="Offset">The trader's offset from UTC at its end, in hours.</param>
/// <param name="EndsAt">When it ends; a later change of zone does not move that (rule D3).</param>
/// <param name="StartBalance">The first total that was seen of it.</param>
/// <param name="StartAsOf">When that was seen.</param>
/// <param name="PerpsValue">The perpetuals' part of it; null when all money lay on spot.</param>
/// <param name="SpotValue">The spot part of it.</param>
public sealed record DailyBalance(
    WalletAddress Address,
    LocalDate Date,
    LocalDate UtcDate,
    decimal Offset,
    Instant EndsAt,
    decimal StartBalance,
    Instant StartAsOf,
    decimal? PerpsValue,
    decimal SpotValue)
{
    /// <summary>When it began; null for a trader's first day, which begins with its first balance.</summary>
    public Instant? StartsAt { get; init; }

    /// <summary>From when on what moves counts for it; null when nothing tells but <see cref="StartAsOf"/>.</summary>
    public Instant? LedgerFrom { get; init; }

    /// <summary>From when on what moves counts for it.</summary>
    public Instant FlowsFrom => LedgerFrom ?? StartAsOf;

    /// <summary>The same day as the calendar of another zone has it.</summary>
    public DailyBalance In(UserZone zone)
    {
        var day = LocalDay.Containing(StartAsOf, zone);
        return this with { Date = day.Date, UtcDate = day.Start.InUtc().Date, Offset = OffsetOf(day, zone), EndsAt = day.End };
    }

    /// <summary>The offset from UTC that a day ends with.</summary>
    public static decimal OffsetOf(LocalDay day, UserZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone.OffsetAt(day.End - Duration.Epsilon);
    }

    /// <summary>The day that holds an instant, or the one after a day that has ended: no date twice, whatever became of the zone meanwhile.</summary>
    public static LocalDay DayAt(Instant instant, UserZone zone, LocalDate? ended)
    {
        var day = LocalDay.Containing(instant, zone);
        return ended is { } date && day.Date <= date ? LocalDay.Of(date.PlusDays(1), zone) : day;
    }
}
