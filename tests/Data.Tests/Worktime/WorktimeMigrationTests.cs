using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Worktime;

public sealed class WorktimeMigrationTests
{
    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SessionsFromBefore_AreKept_AndOfSeveralThatRunOneGoesOn(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var runner = new MigrationRunner(place.Worktime, Clock);
        await runner.RollBackAsync(2, CancellationToken.None);
        await place.Worktime.ExecuteAsync(
            """
            INSERT INTO users (github_user_id, github_username, created_at, last_active) VALUES ('1', 'a', '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z');
            INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, end_time, duration_seconds, status, created_at)
            VALUES (1, 'octo', 'hub', 7, '2026-11-20T10:00:00.000Z', NULL, NULL, 'active', '2026-11-20T10:00:00.000Z'),
                   (1, 'Octo', 'Hub', 7, '2026-11-20T11:00:00.000Z', NULL, NULL, 'active', '2026-11-20T11:00:00.000Z'),
                   (1, 'octo', 'hub', 8, '2026-11-20T10:00:00.000Z', '2026-11-20T10:30:00.000Z', 1800, 'completed', '2026-11-20T10:00:00.000Z')
            """,
            null,
            CancellationToken.None);

        await runner.MigrateAsync(CancellationToken.None);

        Assert.Equal(
            ["abandoned 2026-11-20T10:00:00.000Z", "active -", "completed 2026-11-20T10:30:00.000Z"],
            await place.Worktime.QueryAsync<string>("SELECT status || ' ' || COALESCE(end_time, '-') FROM time_sessions ORDER BY id", null, CancellationToken.None));
        await runner.RollBackAsync(2, CancellationToken.None);
        Assert.Equal([3L], await place.Worktime.QueryAsync<long>("SELECT COUNT(*) FROM time_sessions", null, CancellationToken.None));
    }
}
