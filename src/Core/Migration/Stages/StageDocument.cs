using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.Stages;

/// <summary>Where a group stands, for all instances.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Epoch">Grows with every change of the document.</param>
/// <param name="ChangedAt">When it was changed, in UTC.</param>
/// <param name="ChangedBy">Who changed it.</param>
/// <param name="Reason">Why.</param>
public sealed record StageDocument(Stage Stage, long Epoch, string ChangedAt, string ChangedBy, string Reason)
{
    /// <summary>In stage <see cref="Stage.Sql"/>: which share of the keys may be handed over, in percent.</summary>
    public int Percent { get; init; }

    /// <summary>In stage <see cref="Stage.Sql"/>: the key-value store accepts no write of its own any more, as the group is about to leave it.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>In stage <see cref="Stage.SqlOnly"/>: what is written is mirrored to the key-value store, as the group is about to come back.</summary>
    public bool IsReturning { get; init; }

    /// <summary>Why the group accepts no writes; null when it does.</summary>
    public string? FrozenBecause { get; init; }

    /// <summary>Whether timers leave the group alone.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The changes before this one, the newest last; a few dozen.</summary>
    public IReadOnlyList<StageChange> History { get; init; } = [];

    /// <summary>Whether another document came about by the same change.</summary>
    public bool IsSameChangeAs(StageDocument other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Epoch, Stage, ChangedAt, ChangedBy, Reason) == (other.Epoch, other.Stage, other.ChangedAt, other.ChangedBy, other.Reason);
    }

    /// <summary>Whether what the key-value store accepts is copied to SQL.</summary>
    public bool Copies => Stage is Stage.Copy or Stage.Sql;

    /// <summary>Whether SQL alone decides, whatever the key-value store has.</summary>
    public bool IsSqlOnly => Stage == Stage.SqlOnly;

    /// <summary>Whether a key is among those that are to be handed over.</summary>
    public bool HandsOver(string key) => Stage == Stage.Sql && KeyShare.Of(key) < Percent;
}

/// <summary>A change of a group's stage.</summary>
/// <param name="Stage">The stage it came to.</param>
/// <param name="Epoch">The document's epoch.</param>
/// <param name="ChangedAt">When, in UTC.</param>
/// <param name="ChangedBy">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record StageChange(Stage Stage, long Epoch, string ChangedAt, string ChangedBy, string Reason);
