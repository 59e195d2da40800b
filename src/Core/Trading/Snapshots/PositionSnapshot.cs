using NodaTime;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Snapshots;

/// <summary>A trader's open positions at a half hour, kept for history.</summary>
/// <param name="Address">Whose they are.</param>
/// <param name="Slot">The half hour that the snapshot stands for; one per trader and slot (rule S1).</param>
/// <param name="Account">The account as it was read.</param>
public sealed record PositionSnapshot(WalletAddress Address, Instant Slot, PerpAccount Account);

/// <summary>A snapshot that could not be taken: the history has a hole, and says why, instead of a zero (rule S2).</summary>
/// <param name="Address">Whose snapshot is missing.</param>
/// <param name="Slot">The half hour without a snapshot.</param>
/// <param name="Reason">What prevented it.</param>
public sealed record SnapshotGap(WalletAddress Address, Instant Slot, string Reason);
