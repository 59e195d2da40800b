using System.Security.Cryptography;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>A key's state as SQL has it, in the transaction of its rows.</summary>
/// <param name="State">Where the key stands.</param>
/// <param name="MirroredVersion">The newest version that is known to stand in the key-value store too.</param>
/// <param name="Hash">The hash of the value that the rows were made from; null when there is none.</param>
/// <param name="Error">Why the rows are not what the key has; null when they are.</param>
public sealed record SyncState(KeyState State, long MirroredVersion, string? Hash, string? Error)
{
    /// <summary>A key that SQL does not know.</summary>
    public static SyncState Unknown { get; } = new(KeyState.Unknown, MirroredVersion: 0, Hash: null, Error: null);

    /// <summary>The hash by which values are compared: of what <see cref="IEntity.Convert"/> made.</summary>
    public static string? HashOf(ReadOnlyMemory<byte>? value) => value is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 16)) : null;
}

/// <summary>A key as SQL has it.</summary>
/// <param name="Sync">Where it stands.</param>
/// <param name="Rows">What its rows render; null when there are none.</param>
public sealed record SyncedKey(SyncState Sync, ReadOnlyMemory<byte>? Rows)
{
    /// <summary>Whether something of its value does not parse, and is put aside.</summary>
    public bool HasRejected { get; init; }

    /// <summary>The key's value; null when it has none, also where the rows of one that expired were kept.</summary>
    public ReadOnlyMemory<byte>? Value => Sync.State.DeletedAt is null ? Rows : null;
}
