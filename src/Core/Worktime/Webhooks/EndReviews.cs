using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Webhooks;

/// <summary>Ends the reviews of a pull request that was closed, once for each delivery of that news (rule G6).</summary>
public sealed class EndReviews(IWebhookDeliveries deliveries, IReviewSessions sessions, TimeProvider clock)
{
    private const string EventName = "pull_request";

    /// <summary>How many sessions ended; null when the delivery was seen before.</summary>
    public Task<int?> ExecuteAsync(string delivery, ClosedPullRequest closed, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();

        // News may come late, but a session never ends in the future, whatever GitHub's clock says.
        var at = Instant.Min(closed.ClosedAt, now);
        return deliveries.OnceAsync(
            delivery,
            EventName,
            now,
            () => sessions.EndAllAsync(closed.RepoOwner, closed.RepoName, closed.Number, at, cancellationToken),
            cancellationToken);
    }
}
