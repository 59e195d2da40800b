using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Decides what a key has after an operation, from what it had: the same each time that it is asked the same (rule M2).</summary>
/// <param name="current">The value; null when there is none.</param>
public delegate Result<KeyChange> ChangeKey(ReadOnlyMemory<byte>? current);

/// <summary>What a key shall have.</summary>
/// <param name="Value">The value; null when it shall be deleted.</param>
/// <param name="ExpiresAt">From when on the value is no longer there, in unix seconds; null when it stays.</param>
public sealed record KeyChange(ReadOnlyMemory<byte>? Value, long? ExpiresAt = null);

/// <summary>An operation that was acknowledged: it is stored, and stays so whichever way the group moves.</summary>
/// <param name="Value">The key's value after it; null when there is none.</param>
/// <param name="WasDoneBefore">Whether it had been done under the same id already, and was not done again.</param>
public sealed record KeyWritten(ReadOnlyMemory<byte>? Value, bool WasDoneBefore);
