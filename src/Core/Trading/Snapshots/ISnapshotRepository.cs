using NodaTime;

namespace TraderHub.Core.Trading.Snapshots;

/// <summary>The stored snapshots.</summary>
public interface ISnapshotRepository
{
    /// <summary>The traders to look at for a slot: signed in, and nothing stored for the slot yet.</summary>
    /// <param name="slot">The half hour.</param>
    /// <param name="now">Sessions that ended before this do not count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<WalletAddress>> ListDueAsync(Instant slot, Instant now, CancellationToken cancellationToken);

    /// <summary>Stores a snapshot, and closes the gap there may have been; does nothing when the slot has one.</summary>
    Task SaveAsync(PositionSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Stores that a snapshot could not be taken.</summary>
    Task SaveGapAsync(SnapshotGap gap, CancellationToken cancellationToken);
}
