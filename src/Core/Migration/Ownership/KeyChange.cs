using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>Decides what a key has after an operation, from what it had: the same each time that it is asked the same (rule M2).</summary>
/// <param name="current">The value; null when there is none.</param>
public delegate Result<KeyChange> ChangeKey(ReadOnlyMemory<byte>? current);

/// <summary>What a key shall have.</summary>
public sealed record KeyChange
{
    private KeyChange(ReadOnlyMemory<byte>? value, long? expiresAt) => (Value, ExpiresAt) = (value, expiresAt);

    /// <summary>Nothing: the key is deleted. It has a name of its own, as an array that is null becomes an empty value without a word.</summary>
    public static KeyChange Delete { get; } = new(null, null);

    /// <summary>The value; null when it shall be deleted.</summary>
    public ReadOnlyMemory<byte>? Value { get; }

    /// <summary>From when on the value is no longer there, in unix seconds; null when it stays.</summary>
    public long? ExpiresAt { get; }

    /// <summary>A value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expiresAt">From when on it is no longer there, in unix seconds; null when it stays.</param>
    public static KeyChange Put(ReadOnlyMemory<byte> value, long? expiresAt = null) => new(value, expiresAt);
}

/// <summary>An operation that was acknowledged: it is stored, and stays so whichever way the group moves.</summary>
/// <param name="Value">The key's value after it; null when there is none.</param>
/// <param name="WasDoneBefore">Whether it had been done under the same id already, and was not done again.</param>
public sealed record KeyWritten(ReadOnlyMemory<byte>? Value, bool WasDoneBefore);
