using NodaTime;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>What was read of a trader's account; a part that is null was not asked for, or is named in <see cref="Missing"/>.</summary>
/// <param name="Address">Whose account.</param>
/// <param name="ReadAt">When the reading began; nothing in it that is read afresh is older.</param>
/// <param name="Mode">How the exchange keeps the money; null when that could not be asked.</param>
/// <param name="Perps">The accounts on the exchanges of perpetuals, the main one first.</param>
/// <param name="Spot">The spot account.</param>
/// <param name="Prices">The prices of everything.</param>
/// <param name="Dexes">The exchanges of perpetuals, for what their accounts hold.</param>
/// <param name="Missing">The names of the parts that could not be read.</param>
public sealed record AccountParts(
    WalletAddress Address,
    Instant ReadAt,
    AccountMode? Mode,
    IReadOnlyList<PerpAccount> Perps,
    SpotAccount? Spot,
    Prices? Prices,
    IReadOnlyList<PerpDex> Dexes,
    IReadOnlyList<string> Missing)
{
    /// <summary>When all exchanges of perpetuals were looked at; null when that could not be done.</summary>
    public Instant? DexesReadAt { get; init; }

    /// <summary>Whether the trader's accounts on all exchanges of perpetuals are known.</summary>
    public bool HasAllPerps { get; init; } = true;

    /// <summary>The exchanges of perpetuals, beside the main one, where the trader has something.</summary>
    public IReadOnlyList<string> UsedDexes { get; init; } = [];

    /// <summary>The open orders, those of every exchange of perpetuals that answered.</summary>
    public Part<IReadOnlyList<OpenOrder>>? Orders { get; init; }

    /// <summary>What is staked.</summary>
    public Part<Staking>? Staking { get; init; }

    /// <summary>The shares in vaults.</summary>
    public Part<IReadOnlyList<VaultShare>>? Vaults { get; init; }

    /// <summary>What the exchange itself says that the account is worth; its value is null for an account without history.</summary>
    public Part<StatedValue?>? Stated { get; init; }

    /// <summary>Whether what the account holds may have moved since the exchange stated that: then it says nothing of how the account is to be counted.</summary>
    public bool HasMovedSinceStated { get; init; }

    /// <summary>Whether all money lay on spot when the figures last told; null when they never did.</summary>
    public bool? RememberedForm { get; init; }

    /// <summary>What the address is to the exchange; asked only for an account that holds nothing.</summary>
    public AccountRole? Role { get; init; }

    /// <summary>The main perpetuals account.</summary>
    public PerpAccount MainPerps => Perps[0];

    /// <summary>Whether the exchange holds nothing for the address.</summary>
    public bool IsEmpty => Perps.All(account => account is { AccountValue: 0, Positions.Count: 0 }) && Spot?.Balances.All(balance => balance.Total == 0) != false;
}
