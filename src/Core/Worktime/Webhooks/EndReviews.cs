using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;

namespace TraderHub.Core.Worktime.Webhooks;

/// <summary>
/// Ends the sessions of everybody who reviewed a pull request when it was closed, once for each delivery of that news (rule G6). What was begun or
/// resumed after the closing is left alone: a delivery may come late, or be sent again by whoever has seen it.
/// </summary>
public sealed class EndReviews(IWebhookDeliveries deliveries, ITimeSessionHistory sessions, EndSession endSession, TimeProvider clock)
{
    private const string EventName = "pull_request";

    /// <summary>How many sessions ended; null when the delivery was seen before.</summary>
    public Task<int?> ExecuteAsync(string delivery, ClosedPullRequest closed, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();

        // News may come late, but a session never ends in the future, whatever GitHub's clock says.
        var at = Instant.Min(closed.ClosedAt, now);
        return deliveries.OnceAsync(delivery, EventName, now, () => EndAllAsync(closed.PullRequest, at, cancellationToken), cancellationToken);
    }

    private async Task<int> EndAllAsync(PullRequest pullRequest, Instant at, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in await sessions.ListActiveAsync(pullRequest, at, cancellationToken))
        {
            var result = await endSession.ExecuteAsync(session.Developer, session.Id, new SessionEnd(at, DurationSeconds: null), cancellationToken);
            ended += result.Error is null ? 1 : 0;
        }

        return ended;
    }
}
