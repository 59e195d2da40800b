using NodaTime;

namespace TraderHub.Core.Trading.Snapshots;

/// <summary>The stored snapshots.</summary>
public interface ISnapshotRepository
{
    /// <summary>The active traders who were not looked at for a slot yet, those first who have waited longest.</summary>
    /// <param name="slot">The half hour.</param>
    /// <param name="activeSince">Traders who last signed in before this do not count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<WalletAddress>> ListDueAsync(Instant slot, Instant activeSince, CancellationToken cancellationToken);

    /// <summary>Stores a snapshot, closes the gap there may have been, and remembers that the trader was looked at; one snapshot a slot.</summary>
    Task SaveAsync(PositionSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Remembers that a trader was looked at and had no positions.</summary>
    Task SaveNothingAsync(WalletAddress address, Instant slot, CancellationToken cancellationToken);

    /// <summary>Stores that a snapshot could not be taken.</summary>
    Task SaveGapAsync(SnapshotGap gap, CancellationToken cancellationToken);
}
