using NodaTime;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Traders;

/// <summary>What seldom changes about a trader's account on the exchange, and is dear to ask: kept from one reading to the next (rule B6).</summary>
/// <param name="Mode">How the exchange keeps the money; null when it never answered that.</param>
/// <param name="IsUnified">Whether all money lies on spot, told by the figures where the mode does not; null when neither did.</param>
/// <param name="ModeReadAt">When the mode was asked; null when it should be asked again.</param>
/// <param name="Dexes">The exchanges of perpetuals, beside the main one, where the trader had something.</param>
/// <param name="DexesReadAt">When all of them were looked at; null when they never were.</param>
public sealed record AccountProfile(AccountMode? Mode, bool? IsUnified, Instant? ModeReadAt, IReadOnlyList<string> Dexes, Instant? DexesReadAt)
{
    /// <summary>Of a trader about whom nothing is known yet.</summary>
    public static AccountProfile Unknown { get; } = new(null, null, null, [], null);
}
