using NodaTime;

namespace TraderHub.Core.Trading.Exchange;

/// <summary>Money that moved other than by trading and funding, as the exchange states it. Which fields are set hangs on the type; what the row does not say is null.</summary>
/// <param name="At">When.</param>
/// <param name="Hash">The transaction, which can have moved more than one amount.</param>
/// <param name="Type">The exchange's word, such as <c>deposit</c>, or one that we do not know.</param>
public sealed record LedgerRow(Instant At, string Hash, string Type)
{
    /// <summary>Who sent, as an address.</summary>
    public string? User { get; init; }

    /// <summary>Who received, as an address.</summary>
    public string? Destination { get; init; }

    /// <summary>What moved, in US dollars.</summary>
    public decimal? Usdc { get; init; }

    /// <summary>What moved, by name; null is USDC.</summary>
    public string? Token { get; init; }

    /// <summary>How much of the token.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What that was worth then, in US dollars.</summary>
    public decimal? UsdcValue { get; init; }

    /// <summary>What came back from a vault, in US dollars.</summary>
    public decimal? NetWithdrawnUsd { get; init; }

    /// <summary>Whether it went into staking.</summary>
    public bool? IsDeposit { get; init; }

    /// <summary>Which of the sender's accounts it left: an exchange of perpetuals by its name, or <c>spot</c>.</summary>
    public string? SourceDex { get; init; }

    /// <summary>Which of the receiver's accounts it came to.</summary>
    public string? DestinationDex { get; init; }

    /// <summary>The exchange of perpetuals that it was moved to without being asked for.</summary>
    public string? Dex { get; init; }

    /// <summary>The exchanges of perpetuals, beside the main one, where the row says that an address has or had something.</summary>
    public IEnumerable<string> DexesOf(WalletAddress owner)
    {
        string?[] names = [owner.Is(User) ? SourceDex : null, owner.Is(Destination) ? DestinationDex : null, Dex];
        return names.OfType<string>().Where(name => name is not (PerpDex.Main or "spot"));
    }
}
