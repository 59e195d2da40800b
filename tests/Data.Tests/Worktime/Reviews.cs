using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Sessions;
using TraderHub.Data.Worktime.Statistics;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Worktime;

/// <summary>A migrated worktime database with developers in it, and the use cases on it.</summary>
internal sealed class Reviews : IAsyncDisposable
{
    private readonly TestPlace place;

    private Reviews(TestPlace place, ManualClock clock)
    {
        this.place = place;
        Clock = clock;
        Sessions = new SqlTimeSessionRepository(place.Worktime, clock);
        History = new SqlTimeSessionHistory(place.Worktime);
        Statistics = new SqlWorktimeStatistics(place.Worktime, NullLogger<SqlWorktimeStatistics>.Instance);
        Start = new StartSession(Sessions, clock);
        End = new EndSession(Sessions, clock);
    }

    public ManualClock Clock { get; }

    public SqlTimeSessionRepository Sessions { get; }

    public SqlTimeSessionHistory History { get; }

    public SqlWorktimeStatistics Statistics { get; }

    public StartSession Start { get; }

    public EndSession End { get; }

    public TestPlace Place => place;

    public static async Task<Reviews> CreateAsync(DatabaseProvider provider, string now = "2026-11-21T09:40:00Z", int developers = 2)
    {
        var clock = new ManualClock(now);
        var place = await Databases.CreateWorktimeAsync(provider);
        for (var i = 1; i <= developers; i++)
        {
            await place.Worktime.ExecuteAsync(
                "INSERT INTO users (github_user_id, github_username, created_at, last_active) VALUES (@Id, @Id, @Now, @Now)",
                new { Id = $"{i}", Now = clock.GetInstant() },
                CancellationToken.None);
        }

        return new(place, clock);
    }

    public static PullRequest Pull(long number, string repo = "hub") => new("octo", repo, number);

    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    public Task SetZoneAsync(string zone, long developer = 1) => place.Worktime.ExecuteAsync(
        "UPDATE users SET timezone_id = @Zone WHERE id = @Developer", new { Zone = zone, Developer = developer }, CancellationToken.None);

    /// <summary>A session that has started and ended at moments of the past.</summary>
    public async Task<TimeSession> SpendAsync(string start, string end, long? seconds = null, long number = 7, long developer = 1, string repo = "hub")
    {
        var done = await End.ExecuteAsync(
            developer, $"{Guid.NewGuid()}", Pull(number, repo), At(start), new SessionEnd(At(end), seconds), CancellationToken.None);
        return done.Value.Session;
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql) => place.Worktime.QueryAsync<T>(sql, null, CancellationToken.None);

    /// <summary>The kept totals of a developer, as text.</summary>
    public async Task<IEnumerable<string>> DaysAsync(long developer = 1) =>
        (await Statistics.ListAsync(developer, new(1900, 1, 1), new(2100, 1, 1), CancellationToken.None))
        .Select(total => $"{total.Date.ToIso()} {total.RepoName} {total.Seconds} in {total.Sessions}");

    /// <summary>Requires that the kept totals are those that the sessions come to, in sum and day by day.</summary>
    public async Task AssertTotalsAreTrueAsync(long developer = 1)
    {
        Assert.Empty(await Statistics.CompareAsync(developer, CancellationToken.None));
        Assert.Equal(
            await QueryAsync<long>($"SELECT COALESCE(SUM(duration_seconds), 0) FROM time_sessions WHERE status = 'completed' AND user_id = {developer}"),
            await QueryAsync<long>($"SELECT COALESCE(SUM(total_duration_seconds), 0) FROM daily_stats WHERE user_id = {developer}"));
        Assert.Equal(
            await QueryAsync<long>($"SELECT COUNT(*) FROM time_sessions WHERE status = 'completed' AND user_id = {developer}"),
            await QueryAsync<long>($"SELECT COALESCE(SUM(session_count), 0) FROM daily_stats WHERE user_id = {developer}"));
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();
}
