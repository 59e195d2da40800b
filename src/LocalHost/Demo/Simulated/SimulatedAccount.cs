using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>An account of the simulated exchange. Its history goes on as time does.</summary>
/// <param name="address">The wallet.</param>
/// <param name="mode">How its money is kept, in the exchange's word.</param>
/// <param name="script">What happens to it.</param>
/// <param name="opening">The day it was opened.</param>
internal sealed class SimulatedAccount(WalletAddress address, string mode, SimulatedScript script, DateTimeOffset opening)
{
    private readonly Lock gate = new();
    private readonly SimulatedHistory history = new(address);
    private int days;

    /// <summary>An account that the exchange has never seen.</summary>
    public static SimulatedAccount Unknown { get; } = new(default, "default", SimulatedScripts.Idle, DateTimeOffset.MaxValue) { Role = "missing" };

    public WalletAddress Address => address;

    public string Mode => mode;

    /// <summary>What the address is to the exchange, in its word.</summary>
    public string Role { get; init; } = "user";

    /// <summary>The account that an agent or a sub-account belongs to.</summary>
    public WalletAddress? Master { get; init; }

    /// <summary>Whether it has open orders.</summary>
    public bool HasOrders { get; init; }

    /// <summary>Whether all its money lies on spot.</summary>
    public bool IsUnified => mode is "unifiedAccount" or "portfolioMargin";

    /// <summary>Reads what has happened so far. What lies after now may already be written there, and is not to be told.</summary>
    public T Read<T>(DateTimeOffset now, Func<SimulatedHistory, T> read)
    {
        lock (gate)
        {
            for (; opening <= now && opening.AddDays(days) <= now; days++)
            {
                var day = opening.AddDays(days);
                foreach (var step in script(history, day, days).OrderBy(step => step.Time))
                {
                    step.Do(step.Time);
                }
            }

            return read(history);
        }
    }
}
