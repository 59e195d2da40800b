using NodaTime;

namespace TraderHub.Core.KeyValue;

/// <summary>What a key has.</summary>
/// <param name="Value">The value; bytes of any kind, also none.</param>
/// <param name="Metadata">A small JSON text beside it; null when it has none.</param>
/// <param name="Expiration">From when on it is no longer there, to the second; null when it is permanent.</param>
public sealed record KeyValueEntry(ReadOnlyMemory<byte> Value, string? Metadata, Instant? Expiration);

/// <summary>What a key has, and in which version.</summary>
/// <param name="Entry">What it has.</param>
/// <param name="Version">Changes with every write, and never comes back; means nothing else.</param>
public sealed record VersionedEntry(KeyValueEntry Entry, string Version);
