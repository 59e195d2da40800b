using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Data.KeyValue;

/// <summary>When a key is no longer there: whole unix seconds in the stores, null for never.</summary>
internal static class Expiry
{
    /// <summary>The second that is now; a key that expires at it is no longer there.</summary>
    public static long NowInSeconds(this TimeProvider clock) => clock.GetInstant().ToUnixTimeSeconds();

    public static Instant? ToInstant(long? expiresAt) => expiresAt is { } seconds ? Instant.FromUnixTimeSeconds(seconds) : null;
}
