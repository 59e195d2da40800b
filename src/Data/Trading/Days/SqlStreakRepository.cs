using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Days;

namespace TraderHub.Data.Trading.Days;

internal sealed class SqlStreakRepository(TradingDatabase database, TimeProvider clock) : IStreakRepository
{
    public async Task<Streaks> ReadAsync(WalletAddress address, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT last_update_date AS LastDate, current_achievement_streak AS Achievement, best_achievement_streak AS BestAchievement,
                   current_no_loss_streak AS NoLoss, best_no_loss_streak AS BestNoLoss, total_positive_days AS PositiveDays,
                   total_negative_days AS NegativeDays, total_target_achieved_days AS TargetReachedDays,
                   total_significant_loss_days AS SignificantLossDays
            FROM streak_data
            WHERE user_address = @Address
            """;

        var row = await database.FindAsync<StreaksRow>(Sql, new { Address = address.ToString() }, cancellationToken);
        return row?.ToStreaks() ?? Streaks.None;
    }

    /// <summary>Stores a trader's streaks; the caller's transaction makes that one step with what changed them.</summary>
    public Task SaveAsync(WalletAddress address, Streaks streaks, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO streak_data
                (user_address, last_update_date, current_achievement_streak, best_achievement_streak, current_no_loss_streak, best_no_loss_streak,
                 total_positive_days, total_negative_days, total_target_achieved_days, total_significant_loss_days, updated_at)
            VALUES
                (@Address, @LastDate, @Achievement, @BestAchievement, @NoLoss, @BestNoLoss,
                 @PositiveDays, @NegativeDays, @TargetReachedDays, @SignificantLossDays, @Now)
            ON CONFLICT (user_address) DO UPDATE
            SET last_update_date = excluded.last_update_date,
                current_achievement_streak = excluded.current_achievement_streak, best_achievement_streak = excluded.best_achievement_streak,
                current_no_loss_streak = excluded.current_no_loss_streak, best_no_loss_streak = excluded.best_no_loss_streak,
                total_positive_days = excluded.total_positive_days, total_negative_days = excluded.total_negative_days,
                total_target_achieved_days = excluded.total_target_achieved_days,
                total_significant_loss_days = excluded.total_significant_loss_days, updated_at = excluded.updated_at
            """;

        return database.ExecuteAsync(
            Sql,
            new
            {
                Address = address.ToString(),
                streaks.LastDate,
                Achievement = streaks.Achievement.Current,
                BestAchievement = streaks.Achievement.Best,
                NoLoss = streaks.NoLoss.Current,
                BestNoLoss = streaks.NoLoss.Best,
                streaks.PositiveDays,
                streaks.NegativeDays,
                streaks.TargetReachedDays,
                streaks.SignificantLossDays,
                Now = clock.GetInstant().ToUnixTimeSeconds(),
            },
            cancellationToken);
    }

    private sealed record StreaksRow(
        LocalDate LastDate,
        int Achievement,
        int BestAchievement,
        int NoLoss,
        int BestNoLoss,
        int PositiveDays,
        int NegativeDays,
        int TargetReachedDays,
        int SignificantLossDays)
    {
        public Streaks ToStreaks() => new(
            LastDate,
            new Streak(Achievement, BestAchievement),
            new Streak(NoLoss, BestNoLoss),
            PositiveDays,
            NegativeDays,
            TargetReachedDays,
            SignificantLossDays);
    }
}
