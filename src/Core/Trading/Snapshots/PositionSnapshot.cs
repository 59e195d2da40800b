using NodaTime;
using TraderHub.Core.Trading.Balances;

namespace TraderHub.Core.Trading.Snapshots;

/// <summary>A trader's open positions at a half hour, kept for history.</summary>
/// <param name="Slot">The half hour that the snapshot stands for; one per trader and slot (rule S1).</param>
/// <param name="Balance">The account as it was read.</param>
public sealed record PositionSnapshot(Instant Slot, Balance Balance)
{
    private static readonly Duration SlotLength = Duration.FromMinutes(30);

    /// <summary>The half hour that holds an instant.</summary>
    public static Instant SlotOf(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - (ticks % SlotLength.BclCompatibleTicks));
    }
}

/// <summary>A snapshot that could not be taken: the history has a hole, and says why, instead of a zero (rule S2).</summary>
/// <param name="Address">Whose snapshot is missing.</param>
/// <param name="Slot">The half hour without a snapshot.</param>
/// <param name="Reason">What prevented it.</param>
public sealed record SnapshotGap(WalletAddress Address, Instant Slot, string Reason);
