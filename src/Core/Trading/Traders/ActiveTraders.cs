using NodaTime;

namespace TraderHub.Core.Trading.Traders;

/// <summary>Whose accounts the timers look at (rule D2).</summary>
public static class ActiveTraders
{
    private static readonly Duration Window = Duration.FromDays(30);

    /// <summary>Traders who signed in since then count, signed out again or not.</summary>
    public static Instant Since(Instant now) => now - Window;
}
