using System.Globalization;
using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What an account has with validators and in vaults.</summary>
internal static class StakingAnswers
{
    private static readonly TimeSpan DelegationLock = TimeSpan.FromDays(1);

    private static readonly TimeSpan VaultLock = TimeSpan.FromDays(4);

    /// <summary><c>delegatorSummary</c>.</summary>
    public static JsonObject Summary(SimulatedHistory history, DateTimeOffset now) => new()
    {
        ["delegated"] = Text(history.At(now).Staked),
        ["undelegated"] = "0.0",
        ["totalPendingWithdrawal"] = "0.0",
        ["nPendingWithdrawals"] = 0,
    };

    /// <summary><c>delegations</c>.</summary>
    public static JsonArray Delegations(SimulatedHistory history, DateTimeOffset now) => history.At(now).Staked == 0 ? [] : List(
    [
        new JsonObject
        {
            ["validator"] = SimulatedListings.Validator,
            ["amount"] = Text(history.At(now).Staked),
            ["lockedUntilTimestamp"] = (Updates(history, "cStakingTransfer", now).Last().Time + DelegationLock).ToUnixTimeMilliseconds(),
        },
    ]);

    /// <summary><c>delegatorRewards</c>, the newest first.</summary>
    public static JsonArray Rewards(SimulatedHistory history, DateTimeOffset now) => List(history.Rewards.Where(reward => reward.Time <= now).Reverse().Select(reward =>
        new JsonObject { ["time"] = reward.Time.ToUnixTimeMilliseconds(), ["source"] = "delegation", ["totalAmount"] = Text(reward.Amount) }));

    /// <summary><c>delegatorHistory</c>, the newest first: each deposit goes to the validator a moment later.</summary>
    public static JsonArray History(SimulatedHistory history, DateTimeOffset now) => List(Updates(history, "cStakingTransfer", now).Reverse().SelectMany(update =>
    {
        var amount = (string)update.Delta["amount"]!;
        var delegated = new JsonObject { ["validator"] = SimulatedListings.Validator, ["amount"] = amount, ["isUndelegate"] = false };
        return new[]
        {
            Event(update.Time.AddSeconds(20), new JsonObject { ["delegate"] = delegated }),
            Event(update.Time, new JsonObject { ["cDeposit"] = new JsonObject { ["amount"] = amount } }),
        };
    }));

    /// <summary><c>userVaultEquities</c>.</summary>
    public static JsonArray Vaults(SimulatedHistory history, DateTimeOffset now) => history.At(now).Vaulted == 0 ? [] : List(
    [
        new JsonObject
        {
            ["vaultAddress"] = SimulatedListings.Vault,
            ["equity"] = Text(history.At(now).Vaulted),
            ["lockedUntilTimestamp"] = (Updates(history, "vaultDeposit", now).Last().Time + VaultLock).ToUnixTimeMilliseconds(),
        },
    ]);

    private static IEnumerable<SimulatedLedgerUpdate> Updates(SimulatedHistory history, string type, DateTimeOffset now) =>
        history.Ledger.Where(update => update.Time <= now && (string?)update.Delta["type"] == type);

    private static JsonObject Event(DateTimeOffset time, JsonObject delta) => new()
    {
        ["time"] = time.ToUnixTimeMilliseconds(),
        ["hash"] = SimulatedIds.Hash(string.Create(CultureInfo.InvariantCulture, $"delegation {time.ToUnixTimeMilliseconds()}")),
        ["delta"] = delta,
    };
}
