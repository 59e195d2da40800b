using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;

namespace TraderHub.Core.Migration.Sweeping;

/// <summary>A key of a group as both lists have it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Head">What the key-value store says of it; null when it is not there, or was written without this engine.</param>
/// <param name="IsInKv">Whether the key-value store has it.</param>
/// <param name="Sync">What SQL says of it; <see cref="SyncState.Unknown"/> when it does not know it.</param>
public sealed record WalkedKey(ManagedKey Key, KeyState? Head, bool IsInKv, SyncState Sync)
{
    /// <summary>Whether both say that they stand at the same point of one history, and SQL knows that they do.</summary>
    public bool IsSettled =>
        Head is { } head && head.IsSamePointAs(Sync.State) && Sync != SyncState.Unknown && Sync.Error is null && Sync.MirroredVersion >= Sync.State.Version && !IsForked;

    /// <summary>Whether SQL has changes that are no part of what the key-value store, the key's owner, has.</summary>
    public bool IsForked => Head is { IsOwnedBySql: false } head && Sync.State.IsForkedFrom(head);
}
