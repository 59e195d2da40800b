using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.KeyValue;

/// <summary>What is stored beside a value.</summary>
/// <param name="Metadata">A JSON text of at most 1024 bytes, which lists carry along.</param>
/// <param name="TimeToLive">How long the key is there, in whole seconds, at least 60; wins over <paramref name="Expiration"/>.</param>
/// <param name="Expiration">From when on the key is no longer there, at least 60 s ahead.</param>
public sealed record PutOptions(string? Metadata = null, Duration? TimeToLive = null, Instant? Expiration = null)
{
    /// <summary>Nothing: the key is permanent.</summary>
    public static PutOptions None { get; } = new();

    /// <summary>When a key that is stored now expires, as whole unix seconds; null when it does not.</summary>
    /// <exception cref="KeyValueRefusedException">The options break a rule.</exception>
    public long? ExpiresAt(TimeProvider clock)
    {
        var now = clock.GetInstant();
        if (KeyValueRules.FindProblem(this, now) is { } problem)
        {
            throw new KeyValueRefusedException(problem);
        }

        return TimeToLive is { } lifetime
            ? now.ToUnixTimeSeconds() + (long)lifetime.TotalSeconds
            : Expiration?.ToUnixTimeSeconds();
    }
}
