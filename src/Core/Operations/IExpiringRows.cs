using NodaTime;

namespace TraderHub.Core.Operations;

/// <summary>Rows that are of no use after a while.</summary>
public interface IExpiringRows
{
    /// <summary>Deletes some of those whose time is over; fewer than asked for when no more are left.</summary>
    /// <param name="now">The time.</param>
    /// <param name="atMost">The most rows to delete at once, so that nobody waits long for the store.</param>
    /// <param name="cancellationToken">Ends the deleting.</param>
    Task<int> DeleteAsync(Instant now, int atMost, CancellationToken cancellationToken);
}
