using NodaTime;

namespace TraderHub.Core.Migration.Keys;

/// <summary>A key as the key-value store had it when it was read.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="HasHead">Whether the store said so; otherwise nobody has written it through this engine, or somebody has written past it.</param>
/// <param name="Value">The value's bytes; empty when there is none.</param>
/// <param name="StoreVersion">The version of the store's entry; null when it has none.</param>
public sealed record KeyCopy(KeyState State, bool HasHead, ReadOnlyMemory<byte> Value, string? StoreVersion)
{
    /// <summary>The value that is there at a moment; null when there is none.</summary>
    public ReadOnlyMemory<byte>? ValueAt(Instant now) => State.HasValueAt(now) ? Value : (ReadOnlyMemory<byte>?)null;
}
