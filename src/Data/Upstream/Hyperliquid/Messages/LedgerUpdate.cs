using System.Text.Json;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>One of the answers to <c>userNonFundingLedgerUpdates</c>: money that moved, other than by trading and funding.</summary>
/// <param name="Time">In milliseconds.</param>
/// <param name="Hash">The transaction, which can have moved more than one amount.</param>
/// <param name="Delta">What moved, as it came: its form hangs on its type, and there are types that we do not know. <see cref="LedgerDelta"/> is what we know.</param>
internal sealed record LedgerUpdate(long Time, string Hash, JsonElement Delta)
{
    /// <summary>What tells it from the trader's other updates, but for its like in the same transaction.</summary>
    public object Identity() => (Time, Hash, Delta.GetRawText());
}

/// <summary>
/// What moved. <c>type</c> says what it was: deposit, withdraw, accountClassTransfer, internalTransfer, subAccountTransfer, spotTransfer, send, vaultCreate,
/// vaultDeposit, vaultWithdraw, vaultDistribution, vaultLeaderCommission, liquidation, rewardsClaim, cStakingTransfer, borrowLend, spotGenesis,
/// deployGasAuction, activateDexAbstraction, or a word we do not know. Which of the others are set hangs on it.
/// </summary>
internal sealed record LedgerDelta(
    string Type,
    decimal? Usdc = null,
    decimal? Fee = null,
    bool? ToPerp = null,
    string? Token = null,
    decimal? Amount = null,
    decimal? UsdcValue = null,
    string? User = null,
    string? Destination = null,
    string? SourceDex = null,
    string? DestinationDex = null,
    string? Dex = null,
    decimal? NativeTokenFee = null,
    string? FeeToken = null,
    long? Nonce = null,
    string? Vault = null,
    decimal? RequestedUsd = null,
    decimal? NetWithdrawnUsd = null,
    decimal? Commission = null,
    decimal? ClosingCost = null,
    decimal? Basis = null,
    bool? IsDeposit = null,
    string? Operation = null,
    decimal? InterestAmount = null,
    decimal? AccountValue = null,
    string? LeverageType = null,
    decimal? LiquidatedNtlPos = null);
