using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.CashFlows;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.Traders;

namespace TraderHub.Core.Trading.Days;

/// <summary>
/// Closes a trader's day once it has ended, and opens the next, both with the first balance that is seen afterwards (rule D1). The timers and the first
/// request of a day call it; calling it again changes nothing.
/// </summary>
public sealed class CloseEndedDays(IDailyBalanceRepository days, ISettingsRepository settings, ITraderRepository traders, ReadCashFlows cashFlows)
{
    private static readonly Duration Millisecond = Duration.FromMilliseconds(1);

    /// <summary>The trader's day at the moment of the balance; null when the total is unknown and no day is open for it.</summary>
    /// <param name="balance">The balance.</param>
    /// <param name="isInBackground">Whether nobody waits for it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<DailyBalance?> ExecuteAsync(Balance balance, bool isInBackground, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(balance);
        var (address, readAt) = (balance.Parts.Address, balance.Parts.ReadAt);
        var chosen = await settings.GetAsync(address, cancellationToken);
        var open = await FindOpenAsync(address, chosen.Zone, cancellationToken);
        if (open is not null && isInBackground)
        {
            await JudgeLastAsync(balance, open, chosen, cancellationToken);
        }

        if (open is not null && readAt < open.EndsAt)
        {
            return open;
        }

        if (balance.Total is not { } total)
        {
            return null;
        }

        var next = Open(balance, total, chosen.Zone ?? await AssumeZoneAsync(address, cancellationToken), open);
        if (open is null)
        {
            await days.OpenAsync(next, cancellationToken);
        }
        else
        {
            var flows = await cashFlows.ExecuteAsync(balance, open.FlowsFrom, isInBackground, cancellationToken);
            if (flows == NetFlows.Unread || flows.LastAt >= next.LedgerFrom)
            {
                // What this day counts, or will once the ledger can be read, the next does not.
                next = next with { LedgerFrom = (flows.LastAt ?? next.LedgerFrom) + Millisecond };
            }

            await days.CloseAsync(open, DayClose.Of(open, total, readAt, flows, chosen), next, cancellationToken);
        }

        // What is stored, which is another caller's when that was quicker.
        var stored = await days.FindOpenAsync(address, cancellationToken);
        if (stored is not null && stored.LedgerFrom == next.LedgerFrom)
        {
            cashFlows.Begin(balance, stored.FlowsFrom);
        }

        return stored;
    }

    /// <summary>The open day. A zone that is chosen for the first time counts for it too: it was opened under a guess.</summary>
    private async Task<DailyBalance?> FindOpenAsync(WalletAddress address, UserZone? chosen, CancellationToken cancellationToken)
    {
        var open = await days.FindOpenAsync(address, cancellationToken);
        if (chosen is null || open is null || await traders.FindAssumedZoneAsync(address, cancellationToken) is null)
        {
            return open;
        }

        await days.MoveAsync(open, open.In(chosen), cancellationToken);
        await traders.ForgetAssumedZoneAsync(address, cancellationToken);
        return await days.FindOpenAsync(address, cancellationToken);
    }

    /// <summary>Judges the day before the open one when it still waits for its ledger.</summary>
    private async Task JudgeLastAsync(Balance balance, DailyBalance open, UserSettings chosen, CancellationToken cancellationToken)
    {
        if (await days.FindUnjudgedAsync(open.Address, cancellationToken) is not { } last)
        {
            return;
        }

        var flows = await cashFlows.ExecuteInBackgroundAsync(open.Address, last.Day.FlowsFrom, open.FlowsFrom, balance.Parts.Prices, cancellationToken);
        if (flows != NetFlows.Unread)
        {
            await days.JudgeAsync(last, DayClose.Of(last.Day, last.EndBalance, last.EndAsOf, flows, chosen), cancellationToken);
        }
    }

    private async Task<UserZone> AssumeZoneAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        await traders.AssumeZoneAsync(address, AssumedZone.Default, cancellationToken);
        return (await traders.FindAssumedZoneAsync(address, cancellationToken))?.Zone ?? UserZone.Utc;
    }

    private static DailyBalance Open(Balance balance, decimal total, UserZone zone, DailyBalance? ended)
    {
        var day = DailyBalance.DayAt(balance.Parts.ReadAt, zone, ended?.Date);
        return new(
            balance.Parts.Address,
            day.Date,
            day.Start.InUtc().Date,
            DailyBalance.OffsetOf(day, zone),
            day.End,
            total,
            balance.Parts.ReadAt,
            balance.IsUnified == true ? null : balance.Values.Perps,
            balance.Values.Spot ?? 0)
        {
            // After a move over the date line a day begins when the one before has ended, not at a midnight that is still to come.
            StartsAt = ended is null ? null : Instant.Max(ended.EndsAt, Instant.Min(day.Start, balance.Parts.ReadAt)),
            LedgerFrom = ReadCashFlows.SeenAt(balance),
        };
    }
}
