using NodaTime;
using TraderHub.Core.Worktime.Webhooks;

namespace TraderHub.Data.Worktime.Webhooks;

internal sealed class SqlReviewSessions(WorktimeDatabase database) : IReviewSessions
{
    public Task<int> EndAllAsync(string repoOwner, string repoName, long prNumber, Instant at, CancellationToken cancellationToken)
    {
        const string Running = """
            SELECT id AS Id, start_time AS StartTime FROM time_sessions
            WHERE lower(repo_owner) = lower(@RepoOwner) AND lower(repo_name) = lower(@RepoName) AND pr_number = @PrNumber AND status = 'active'
            """;
        const string End = """
            UPDATE time_sessions SET status = 'completed', end_time = @EndTime, duration_seconds = @Seconds WHERE id = @Id AND status = 'active'
            """;

        return database.InTransactionAsync(
            async () =>
            {
                var ended = 0;
                foreach (var session in await database.QueryAsync<RunningSession>(
                    Running, new { RepoOwner = repoOwner, RepoName = repoName, PrNumber = prNumber }, cancellationToken))
                {
                    var end = Instant.Max(session.StartTime, at);
                    var row = new { session.Id, EndTime = end, Seconds = (long)(end - session.StartTime).TotalSeconds };
                    ended += await database.ExecuteAsync(End, row, cancellationToken);
                }

                return ended;
            },
            cancellationToken);
    }

    private sealed record RunningSession(long Id, Instant StartTime);
}
