using NodaTime;

namespace TraderHub.Core.Worktime.Webhooks;

/// <summary>The deliveries of GitHub that were seen.</summary>
public interface IWebhookDeliveries
{
    /// <summary>Does a delivery's work, and remembers in the same transaction that it was done; what it came to, or null when it was done before.</summary>
    /// <param name="id">GitHub's name of the delivery.</param>
    /// <param name="eventName">What it tells of.</param>
    /// <param name="at">When it came.</param>
    /// <param name="work">The work; it counts the sessions that it ended.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<int?> OnceAsync(string id, string eventName, Instant at, Func<Task<int>> work, CancellationToken cancellationToken);
}
