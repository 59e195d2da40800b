using NodaTime;

namespace TraderHub.Core.Trading.Links;

/// <summary>The codes that traders were shown.</summary>
public interface ILinkCodes
{
    /// <summary>Stores a trader's code in the place of the earlier ones.</summary>
    Task AddAsync(string codeHash, WalletAddress address, Instant now, Instant expiresAt, CancellationToken cancellationToken);
}
