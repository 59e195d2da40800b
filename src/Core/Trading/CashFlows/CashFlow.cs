using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.CashFlows;

/// <summary>
/// What a ledger row moved over the edge of the balance that days are measured by: perpetuals everywhere and spot. Staking, vaults and other accounts lie outside
/// of it (rule D5).
/// </summary>
/// <param name="Row">The row.</param>
/// <param name="Kind">What it was for.</param>
/// <param name="Amount">What came in, in US dollars; negative went out, 0 for what stayed inside, null when that cannot be told.</param>
public sealed record CashFlow(LedgerRow Row, CashFlowKind Kind, decimal? Amount)
{
    /// <summary>The flow of a row. The fees of rows are costs, and in no flow.</summary>
    /// <param name="row">The row.</param>
    /// <param name="owner">Whose ledger it is in.</param>
    /// <param name="prices">What tokens are worth, for rows that do not say; null when that is not known.</param>
    public static CashFlow Of(LedgerRow row, WalletAddress owner, Prices? prices)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (kind, amount) = row.Type switch
        {
            "deposit" => (CashFlowKind.Deposit, row.Usdc),
            "withdraw" => (CashFlowKind.Withdrawal, -row.Usdc),
            "internalTransfer" or "subAccountTransfer" or "spotTransfer" or "send" => (CashFlowKind.Transfer, Direction(row, owner) * ValueOf(row, prices)),
            "vaultCreate" or "vaultDeposit" => (CashFlowKind.Vault, -row.Usdc),
            "vaultWithdraw" => (CashFlowKind.Vault, row.NetWithdrawnUsd),
            "vaultDistribution" => (CashFlowKind.Vault, row.Usdc),
            "cStakingTransfer" => (CashFlowKind.Staking, row.IsDeposit switch { true => -ValueOf(row, prices), false => ValueOf(row, prices), null => null }),
            "rewardsClaim" or "spotGenesis" => (CashFlowKind.Reward, ValueOf(row, prices)),

            // A leader's commission is earned; the loss of a liquidation is in its fills, and interest in the balance.
            "vaultLeaderCommission" or "accountClassTransfer" or "activateDexAbstraction" or "borrowLend" or "liquidation" => (CashFlowKind.None, 0),
            _ => (CashFlowKind.Unknown, default(decimal?)),
        };
        return new(row, kind, amount);
    }

    /// <summary>What moves between a trader's own accounts of one address crosses no edge.</summary>
    private static decimal? Direction(LedgerRow row, WalletAddress owner) => (owner.Is(row.User), owner.Is(row.Destination)) switch
    {
        (true, true) => 0,
        (true, false) when row.Destination is not null => -1,
        (false, true) when row.User is not null => 1,
        _ => null,
    };

    /// <summary>
    /// A token is worth what the row says, or else its price now. One that nobody prices is in no balance, and so in no flow, whatever the row says; of one
    /// that nobody knows nothing can be said.
    /// </summary>
    private static decimal? ValueOf(LedgerRow row, Prices? prices) => row.Usdc ?? (row.Token ?? TokenOf(row.Type)) switch
    {
        null => null,
        Prices.Dollars => row.Amount ?? row.UsdcValue,
        { } token => prices?.OfToken(token) is { } price ? row.UsdcValue is > 0 and var stated ? stated : row.Amount * price
            : prices?.Knows(token) == true ? 0
            : null,
    };

    /// <summary>What rows move that name no token, where their type leaves no choice.</summary>
    private static string? TokenOf(string type) => type switch
    {
        "cStakingTransfer" => "HYPE",
        "rewardsClaim" => Prices.Dollars,
        _ => null,
    };
}

/// <summary>What a cash flow was for.</summary>
public enum CashFlowKind
{
    /// <summary>Nothing crossed the edge.</summary>
    None,

    /// <summary>Money came to the exchange.</summary>
    Deposit,

    /// <summary>Money left the exchange.</summary>
    Withdrawal,

    /// <summary>Money went to another account, or came from one.</summary>
    Transfer,

    /// <summary>Money went into a vault, or came out of one.</summary>
    Vault,

    /// <summary>Money went into staking, or came out of it.</summary>
    Staking,

    /// <summary>The exchange gave something away.</summary>
    Reward,

    /// <summary>The row's type is one that we do not know.</summary>
    Unknown,
}
