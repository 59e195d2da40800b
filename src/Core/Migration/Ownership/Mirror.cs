using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>
/// Brings the key-value store to a state that SQL, the key's owner, has committed. A write is acknowledged only after this, so that the way back loses nothing
/// even when SQL is gone (rule M5).
/// </summary>
public sealed class Mirror(HeadedStore heads)
{
    /// <summary>Mirrors a key.</summary>
    /// <exception cref="KeyValueException">The store did not answer.</exception>
    public async Task<MirrorOutcome> ExecuteAsync(string key, KeyState state, ReadOnlyMemory<byte>? value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = await heads.ReadAsync(key, cancellationToken);
            if (copy.State.Term > state.Term)
            {
                return MirrorOutcome.OwnerChanged;
            }

            if (copy.HasHead && !state.IsNewerThan(copy.State))
            {
                // A later write has mirrored this one along, unless the store has a history of its own.
                return state.IsContainedIn(copy.State) switch
                {
                    true => MirrorOutcome.Mirrored,
                    false => MirrorOutcome.Diverged,
                    null => MirrorOutcome.Unknown,
                };
            }

            if (await heads.TryWriteAsync(key, copy, state, value ?? ReadOnlyMemory<byte>.Empty, cancellationToken))
            {
                return MirrorOutcome.Mirrored;
            }
        }
    }
}

/// <summary>What became of a state that was to be mirrored.</summary>
public enum MirrorOutcome
{
    /// <summary>The key-value store has it.</summary>
    Mirrored,

    /// <summary>SQL does not own the key any more.</summary>
    OwnerChanged,

    /// <summary>The key-value store is ahead of SQL, which has lost writes: only a restored backup or a foreign hand does that.</summary>
    Diverged,

    /// <summary>So many writes came after it that it cannot be told.</summary>
    Unknown,
}
