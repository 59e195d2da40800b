using NodaTime;

namespace TraderHub.Core.Migration.Keys;

/// <summary>
/// Where a key stands. Both stores keep it beside the value; of two states the one with the higher term, then the higher version, is the newer (rule M1).
/// </summary>
/// <param name="Term">How often the key changed its owner: even while the key-value store owns it, odd while SQL does.</param>
/// <param name="Version">How often the value was changed, as a counter; no clock is in it.</param>
/// <param name="DeletedAt">When it was deleted, in unix seconds; null while there is a value. 0: there never was one.</param>
/// <param name="ExpiresAt">From when on the value is no longer there, in unix seconds; null when it does not expire.</param>
/// <param name="Operations">The last operations that changed it.</param>
public sealed record KeyState(long Term, long Version, long? DeletedAt, long? ExpiresAt, OperationIds Operations)
{
    /// <summary>A key that nothing is known of.</summary>
    public static KeyState Unknown { get; } = new(0, 0, DeletedAt: 0, ExpiresAt: null, OperationIds.None);

    /// <summary>Whether SQL accepts its writes.</summary>
    public bool IsOwnedBySql => long.IsOddInteger(Term);

    /// <summary>Whether anything was ever stored under it by this engine.</summary>
    public bool IsUnknown => Term == 0 && Version == 0;

    /// <summary>Whether there is a value at a moment.</summary>
    public bool HasValueAt(Instant now) => DeletedAt is null && !HasExpiredAt(now);

    /// <summary>Whether a value is over its time at a moment.</summary>
    public bool HasExpiredAt(Instant now) => ExpiresAt <= now.ToUnixTimeSeconds();

    /// <summary>Whether the value was removed because its time was over, and not by an operation.</summary>
    public bool IsExpired => DeletedAt is not null && ExpiresAt is not null;

    /// <summary>Whether it comes after another state of the same key.</summary>
    public bool IsNewerThan(KeyState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Term, Version).CompareTo((other.Term, other.Version)) > 0;
    }

    /// <summary>Whether it is the same point in the key's history as another state.</summary>
    public bool IsSamePointAs(KeyState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Term, Version) == (other.Term, other.Version);
    }

    /// <summary>
    /// Whether a state that is not older has this one's last operation in it. Null: that can no longer be told, because too many came after it.
    /// </summary>
    public bool? IsContainedIn(KeyState later)
    {
        ArgumentNullException.ThrowIfNull(later);
        if (Operations.Last is not { } last || later.Operations.Contains(last))
        {
            return true;
        }

        return later.Version - Version < OperationIds.Most ? false : null;
    }

    /// <summary>
    /// Whether it is no part of the history that its owner has: SQL had changes that nobody was told of when the key-value store took the key without it, by force, and both
    /// went on counting.
    /// </summary>
    public bool IsForkedFrom(KeyState owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        return Term == owners.Term && IsContainedIn(owners) == false;
    }

    /// <summary>The state after the owner has changed.</summary>
    public KeyState WithNextOwner() => this with { Term = Term + 1 };

    /// <summary>The state after an operation has given the key a value.</summary>
    public KeyState AfterPut(OperationId operation, long? expiresAt) =>
        this with { Version = Version + 1, DeletedAt = null, ExpiresAt = expiresAt, Operations = Operations.With(operation) };

    /// <summary>The state after an operation has deleted the key.</summary>
    public KeyState AfterDelete(OperationId operation, Instant now) =>
        this with { Version = Version + 1, DeletedAt = now.ToUnixTimeSeconds(), ExpiresAt = null, Operations = Operations.With(operation) };

    /// <summary>The state after the value was removed because its time was over; when that was is kept.</summary>
    public KeyState AfterExpiry(Instant now) => this with { Version = Version + 1, DeletedAt = now.ToUnixTimeSeconds() };
}
