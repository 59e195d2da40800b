using NodaTime;

namespace TraderHub.Core.Trading.Traders;

/// <summary>Whose accounts the timers look at (rule D2).</summary>
public static class ActiveTraders
{
    private const int AtOnce = 32;

    private static readonly Duration Window = Duration.FromDays(30);

    /// <summary>Traders who signed in since then count, signed out again or not.</summary>
    public static Instant Since(Instant now) => now - Window;

    /// <summary>Looks at traders, several at once; the exchange's budget paces them.</summary>
    public static Task ForEachAsync(
        IReadOnlyList<WalletAddress> traders, Func<WalletAddress, CancellationToken, Task> lookAsync, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        traders,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (trader, token) => await lookAsync(trader, token));
}
