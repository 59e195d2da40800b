using NodaTime;

namespace TraderHub.Core.Trading.Days;

/// <summary>The stored days. A trader has at most one open day, and at most one of each date.</summary>
public interface IDailyBalanceRepository
{
    /// <summary>A trader's open day; null when there is none.</summary>
    Task<DailyBalance?> FindOpenAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>Stores a trader's first day, unless another caller was quicker.</summary>
    Task OpenAsync(DailyBalance first, CancellationToken cancellationToken);

    /// <summary>Gives an open day the date and the end of another zone, unless a day of that date, or of a later one, is closed already.</summary>
    Task MoveAsync(DailyBalance open, DailyBalance moved, CancellationToken cancellationToken);

    /// <summary>Closes a day, counts it in the streaks and opens the next: all of it or, when another caller was quicker, nothing.</summary>
    Task CloseAsync(DailyBalance ended, DayClose close, DailyBalance next, CancellationToken cancellationToken);

    /// <summary>A trader's last closed day when that could not be judged for want of the ledger alone; else null.</summary>
    Task<UnjudgedDay?> FindUnjudgedAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>Judges such a day after all, and counts it in the streaks; nothing happens when another caller was quicker.</summary>
    Task JudgeAsync(UnjudgedDay day, DayClose close, CancellationToken cancellationToken);

    /// <summary>The active traders whose open day has ended, or who have none (rule D2).</summary>
    /// <param name="activeSince">Traders who last signed in before this do not count.</param>
    /// <param name="now">What has ended by now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<WalletAddress>> ListDueAsync(Instant activeSince, Instant now, CancellationToken cancellationToken);
}
