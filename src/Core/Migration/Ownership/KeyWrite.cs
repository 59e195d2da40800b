using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>What SQL shall have of a key from now on.</summary>
/// <param name="Entity">What the key is.</param>
/// <param name="Key">The key.</param>
/// <param name="Sync">Where it stands.</param>
/// <param name="Rows">What becomes of its rows.</param>
public sealed record KeyWrite(IEntity Entity, string Key, SyncState Sync, RowChange Rows)
{
    /// <summary>The value in the place of the rows there are; null when they stay or go.</summary>
    public Conversion? Value { get; private init; }

    /// <summary>The value as it stood in the key-value store, for entities that keep it until SQL writes, and where the rows do not render it; null forgets it.</summary>
    public ReadOnlyMemory<byte>? Text { get; private init; }

    /// <summary>A new state of rows that stay as they are.</summary>
    public static KeyWrite Keep(IEntity entity, string key, SyncState sync) => new(entity, key, sync, RowChange.Keep);

    /// <summary>A key that both stores forget.</summary>
    public static KeyWrite Forget(IEntity entity, string key) => new(entity, key, SyncState.Unknown, RowChange.Forget);

    /// <summary>A state and its value: the rows are made from it, or removed where there is none, and an error is kept where it cannot be read.</summary>
    /// <param name="entity">What the key is.</param>
    /// <param name="key">The key.</param>
    /// <param name="state">Where it stands now.</param>
    /// <param name="mirrored">The newest version that is known to stand in the key-value store.</param>
    /// <param name="value">The value that belongs to the state; what is in it does not matter when the state is without one.</param>
    /// <param name="keepsText">Whether the value comes from the key-value store, so that its own text is worth keeping.</param>
    public static KeyWrite Put(IEntity entity, string key, KeyState state, long mirrored, ReadOnlyMemory<byte> value, bool keepsText)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(state);
        if (state.DeletedAt is not null)
        {
            return new(entity, key, new(state, mirrored, Hash: null, Error: null), state.IsExpired && entity.KeepsRows ? RowChange.Keep : RowChange.Remove);
        }

        var converted = entity.Convert(key, value);
        return new(entity, key, new(state, mirrored, SyncState.HashOf(converted.Value), converted.Error), RowChange.Replace)
        {
            Value = converted,
            Text = keepsText && entity.KeepsText && !converted.Value.Span.SequenceEqual(value.Span) ? value : (ReadOnlyMemory<byte>?)null,
        };
    }
}

/// <summary>What becomes of a key's rows.</summary>
public enum RowChange
{
    /// <summary>They stay.</summary>
    Keep,

    /// <summary>Others take their place.</summary>
    Replace,

    /// <summary>They go.</summary>
    Remove,

    /// <summary>Everything that SQL knows of the key goes, also where it stands.</summary>
    Forget,
}

/// <summary>A key of a list, and where it stands.</summary>
/// <param name="Key">The key.</param>
/// <param name="Sync">Where it stands.</param>
public sealed record ListedSync(string Key, SyncState Sync);
