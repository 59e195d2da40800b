using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>The ways of money into, out of and within an account, each with what the exchange writes of it.</summary>
internal static class SimulatedLedger
{
    private const decimal WithdrawalFee = 1;

    public static void Deposit(this SimulatedHistory history, DateTimeOffset time, decimal amount) => history.Record(
        new(time, new JsonObject { ["type"] = "deposit", ["usdc"] = Text(amount) }, amount, amount),
        history.Latest.WithCash(time, SimulatedListings.MainDex, amount));

    public static void Withdraw(this SimulatedHistory history, DateTimeOffset time, decimal amount) => history.Record(
        new(
            time,
            new JsonObject { ["type"] = "withdraw", ["usdc"] = Text(amount), ["nonce"] = time.ToUnixTimeMilliseconds(), ["fee"] = Text(WithdrawalFee) },
            -amount - WithdrawalFee,
            -amount - WithdrawalFee),
        history.Latest.WithCash(time, SimulatedListings.MainDex, -amount - WithdrawalFee));

    public static void MoveToSpot(this SimulatedHistory history, DateTimeOffset time, decimal amount) => history.Record(
        new(time, new JsonObject { ["type"] = "accountClassTransfer", ["usdc"] = Text(amount), ["toPerp"] = false }, 0, -amount),
        history.Latest.WithCash(time, SimulatedListings.MainDex, -amount).WithSpot(time, "USDC", amount));

    public static void MoveToVault(this SimulatedHistory history, DateTimeOffset time, decimal amount)
    {
        var book = history.Latest.WithCash(time, SimulatedListings.MainDex, -amount);
        history.Record(
            new(time, new JsonObject { ["type"] = "vaultDeposit", ["vault"] = SimulatedListings.Vault, ["usdc"] = Text(amount) }, 0, -amount),
            book with { Vaulted = book.Vaulted + amount });
    }

    /// <summary>To staking: what is staked is no part of what the exchange says the account is worth.</summary>
    public static void Stake(this SimulatedHistory history, DateTimeOffset time, decimal amount)
    {
        var book = history.Latest.WithSpot(time, "HYPE", -amount);
        history.Record(
            new(
                time,
                new JsonObject { ["type"] = "cStakingTransfer", ["token"] = "HYPE", ["amount"] = Text(amount), ["isDeposit"] = true },
                -decimal.Round(amount * SimulatedMarket.PriceOf("HYPE", time), 6),
                0),
            book with { Staked = book.Staked + amount });
    }

    /// <summary>From spot to the account on another exchange of perpetuals.</summary>
    public static void MoveToDex(this SimulatedHistory history, DateTimeOffset time, string dex, decimal amount)
    {
        var token = SimulatedListings.CollateralOf(dex).Name;
        var value = decimal.Round(amount * SimulatedMarket.PriceOf(token, time), 6);
        history.Record(
            new(
                time,
                new JsonObject
                {
                    ["type"] = "send",
                    ["user"] = history.Owner.ToString(),
                    ["destination"] = history.Owner.ToString(),
                    ["sourceDex"] = "spot",
                    ["destinationDex"] = dex,
                    ["token"] = token,
                    ["amount"] = Text(amount),
                    ["usdcValue"] = Text(value),
                    ["fee"] = "0.0",
                    ["nativeTokenFee"] = "0.0",
                    ["nonce"] = time.ToUnixTimeMilliseconds(),
                    ["feeToken"] = string.Empty,
                },
                0,
                value),
            history.Latest.WithSpot(time, token, -amount).WithCash(time, dex, amount));
    }

    /// <summary>Takes a position away; the book changes by the fills of it.</summary>
    public static void Liquidate(this SimulatedHistory history, DateTimeOffset time, SimulatedPosition position)
    {
        var book = history.Latest;
        history.Record(
            new(
                time,
                new JsonObject
                {
                    ["type"] = "liquidation",
                    ["liquidatedNtlPos"] = Text(position.ValueAt(time)),
                    ["accountValue"] = Text(book.EquityOn(position.Listing.Dex, time)),
                    ["leverageType"] = position.IsIsolated ? "Isolated" : "Cross",
                    ["liquidatedPositions"] = new JsonArray(new JsonObject { ["coin"] = position.Coin, ["szi"] = Text(position.Size) }),
                },
                0,
                0),
            book);
        history.Trade(time, new SimulatedOrder(position.Coin, -position.Size, position.Leverage, position.IsIsolated, Parts: 3, Slippage: 0.015m, IsLiquidation: true));
    }
}
