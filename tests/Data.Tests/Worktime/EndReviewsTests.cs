using NodaTime;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Core.Worktime.Webhooks;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.Sessions;
using TraderHub.Data.Worktime.SignIn;
using TraderHub.Data.Worktime.Webhooks;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Worktime;

public sealed class EndReviewsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");
    private static readonly PullRequest Reviewed = new("octocat", "Hello-World", 7);

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_OfManyAtOnce_EndsTheReviewsOfEverybodyOnce_WithTheirDays(DatabaseProvider provider)
    {
        await using var place = await StartReviewsAsync(provider, developers: 5);
        var endReviews = Compose(place);
        var closed = new ClosedPullRequest(Reviewed with { RepoName = "hello-world" }, Now - Duration.FromMinutes(10));

        var ended = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => endReviews.ExecuteAsync("delivery", closed, CancellationToken.None)));

        Assert.Equal(5, Assert.Single(ended, each => each is not null));
        Assert.Equal(
            Enumerable.Repeat("completed 2026-11-21T09:20:00.000Z 600", 5),
            await place.Worktime.QueryAsync<string>(
                "SELECT status || ' ' || end_time || ' ' || duration_seconds FROM time_sessions", null, CancellationToken.None));
        Assert.Equal(
            Enumerable.Repeat(600L, 5), await place.Worktime.QueryAsync<long>("SELECT total_duration_seconds FROM daily_stats", null, CancellationToken.None));
        Assert.Equal(0, await endReviews.ExecuteAsync("another", closed, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_ThatFailsHalfway_LeavesEverythingAsItWas(DatabaseProvider provider)
    {
        await using var place = await StartReviewsAsync(provider, developers: 3);
        var sessions = new SqlTimeSessionRepository(place.Worktime, Clock);
        var deliveries = new SqlWebhookDeliveries(place.Worktime);
        var endSession = new EndSession(sessions, Clock);

        await Assert.ThrowsAsync<InvalidOperationException>(() => deliveries.OnceAsync(
            "delivery",
            "pull_request",
            Now,
            async () =>
            {
                await endSession.ExecuteAsync(1, 1, new SessionEnd(null, null), CancellationToken.None);
                throw new InvalidOperationException();
            },
            CancellationToken.None));

        Assert.Equal(
            Enumerable.Repeat("active", 3), await place.Worktime.QueryAsync<string>("SELECT status FROM time_sessions", null, CancellationToken.None));
        Assert.Empty(await place.Worktime.QueryAsync<long>("SELECT id FROM daily_stats", null, CancellationToken.None));
        Assert.Equal(3, await Compose(place).ExecuteAsync("delivery", new ClosedPullRequest(Reviewed, Now), CancellationToken.None));
    }

    [SkippableTheory]
    [Trait("Case", "A12")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_OfOldNews_LeavesWhatBeganOrWasResumedLater(DatabaseProvider provider)
    {
        await using var place = await StartReviewsAsync(provider, developers: 3);
        var endReviews = Compose(place);
        var sessions = new SqlTimeSessionRepository(place.Worktime, Clock);
        await place.Worktime.ExecuteAsync(
            "UPDATE time_sessions SET start_time = '2026-11-21T09:20:30.000Z' WHERE user_id = 1", null, CancellationToken.None);
        await place.Worktime.ExecuteAsync(
            "UPDATE time_sessions SET status = 'abandoned', end_time = '2026-11-21T09:15:00.000Z' WHERE user_id = 2", null, CancellationToken.None);
        Assert.Null((await new ResumeSession(sessions, Clock).ExecuteAsync(2, 2, CancellationToken.None)).Error);

        var ended = await endReviews.ExecuteAsync("another", new ClosedPullRequest(Reviewed, Now - Duration.FromMinutes(10)), CancellationToken.None);

        Assert.Equal(1, ended);
        Assert.Equal(
            ["1 active", "2 active", "3 completed"],
            await place.Worktime.QueryAsync<string>("SELECT user_id || ' ' || status FROM time_sessions ORDER BY user_id", null, CancellationToken.None));
    }

    private static EndReviews Compose(TestPlace place) => new(
        new SqlWebhookDeliveries(place.Worktime),
        new SqlTimeSessionHistory(place.Worktime),
        new EndSession(new SqlTimeSessionRepository(place.Worktime, Clock), Clock),
        Clock);

    private static async Task<TestPlace> StartReviewsAsync(DatabaseProvider provider, int developers)
    {
        var place = await Databases.CreateWorktimeAsync(provider);
        var sessions = new SqlTimeSessionRepository(place.Worktime, Clock);
        for (var i = 0; i < developers; i++)
        {
            var developer = await new SqlDeveloperRepository(place.Worktime).SaveAsync(new GitHubProfile($"{i}", $"user-{i}", null, null), Now, CancellationToken.None);
            var start = Now - Duration.FromMinutes(20);
            var session = new TimeSession(0, Reviewed, start, SessionStatus.Active) { CreatedAt = start, LastSeenAt = start };
            Assert.NotNull(await sessions.TryStartAsync(developer.Id, session, CancellationToken.None));
        }

        return place;
    }
}
