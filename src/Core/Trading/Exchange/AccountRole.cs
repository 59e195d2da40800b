namespace TraderHub.Core.Trading.Exchange;

/// <summary>What an address is to the exchange.</summary>
/// <param name="Name">The exchange's word: <c>missing</c>, <c>user</c>, <c>vault</c>, <c>agent</c>, <c>subAccount</c>, or one we do not know.</param>
/// <param name="Master">The account that an agent or a sub-account belongs to; null for others.</param>
public sealed record AccountRole(string Name, WalletAddress? Master);
