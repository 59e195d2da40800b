namespace TraderHub.Core.Trading.Days;

/// <summary>The stored streaks; closing a day changes them.</summary>
public interface IStreakRepository
{
    /// <summary>A trader's streaks; <see cref="Streaks.None"/> before the first closed day.</summary>
    Task<Streaks> ReadAsync(WalletAddress address, CancellationToken cancellationToken);
}
