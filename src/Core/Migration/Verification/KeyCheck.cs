using TraderHub.Core.Migration.Sweeping;

namespace TraderHub.Core.Migration.Verification;

/// <summary>What a verification found of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Finding">How its copies compare.</param>
internal sealed record KeyCheck(WalkedKey Key, KeyFinding Finding)
{
    /// <summary>What the key-value store has, as rows would render it; null for nothing.</summary>
    public ReadOnlyMemory<byte>? InKv { get; init; }

    /// <summary>What the rows render; null for nothing.</summary>
    public ReadOnlyMemory<byte>? InSql { get; init; }

    /// <summary>Whether all or part of it is put aside.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>Why it cannot be read.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it was compared element by element.</summary>
    public bool IsSampled { get; init; }

    /// <summary>Where its elements differ.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}

/// <summary>How a key's copies compare.</summary>
internal enum KeyFinding
{
    /// <summary>They are the same.</summary>
    Same,

    /// <summary>Both say that it was deleted.</summary>
    Deleted,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It cannot be read.</summary>
    Error,

    /// <summary>SQL has no value of it.</summary>
    Missing,

    /// <summary>The key-value store has no value of it.</summary>
    Extra,

    /// <summary>Same version, other values.</summary>
    Mismatch,

    /// <summary>It changed each time that it was looked at.</summary>
    Unsettled,

    /// <summary>It is no longer anywhere.</summary>
    Gone,
}
