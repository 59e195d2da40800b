using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Core.Trading.Days;

/// <summary>
/// Closes a trader's day once it has ended, and opens the next, both with the first balance that is seen afterwards (rule D1). The timers and the first
/// request of a day call it; calling it again changes nothing.
/// </summary>
public sealed class CloseEndedDays(IDailyBalanceRepository days, ISettingsRepository settings)
{
    /// <summary>The trader's day at the moment of the balance; null when the total is unknown and no day is open for it.</summary>
    public async Task<DailyBalance?> ExecuteAsync(Balance balance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(balance);
        var (address, readAt) = (balance.Parts.Address, balance.Parts.ReadAt);
        var open = await days.FindOpenAsync(address, cancellationToken);
        if (open is not null && readAt < open.EndsAt)
        {
            return open;
        }

        if (balance.Total is not { } total)
        {
            return null;
        }

        var chosen = await settings.GetAsync(address, cancellationToken);
        var next = Open(balance, total, chosen.Zone ?? UserZone.Utc, open?.Date);
        if (open is null)
        {
            await days.OpenAsync(next, cancellationToken);
        }
        else
        {
            var close = DayClose.Of(open, total, readAt, netTransfers: null, chosen);
            await days.CloseAsync(open, close, next, cancellationToken);
        }

        // What is stored, which is another caller's when that was quicker.
        return await days.FindOpenAsync(address, cancellationToken);
    }

    private static DailyBalance Open(Balance balance, decimal total, UserZone zone, LocalDate? ended)
    {
        var day = DailyBalance.DayAt(balance.Parts.ReadAt, zone, ended);
        return new(
            balance.Parts.Address,
            day.Date,
            day.Start.InUtc().Date,
            zone.OffsetAt(day.End - Duration.Epsilon),
            day.End,
            total,
            balance.Parts.ReadAt,
            balance.IsUnified == true ? null : balance.Values.Perps,
            balance.Values.Spot ?? 0);
    }
}
