namespace TraderHub.Core.Trading.Traders;

/// <summary>Everybody who ever signed in, with what is remembered about their accounts.</summary>
public interface ITraderRepository
{
    /// <summary>What is remembered about a trader's account; null when nothing is.</summary>
    Task<AccountProfile?> FindProfileAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>Remembers what was learned about a trader's account.</summary>
    Task SaveProfileAsync(WalletAddress address, AccountProfile profile, CancellationToken cancellationToken);

    /// <summary>The zone that is assumed of a trader; null when none is.</summary>
    Task<AssumedZone?> FindAssumedZoneAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>Assumes a zone of a trader, unless one is chosen, or was assumed before.</summary>
    Task AssumeZoneAsync(WalletAddress address, AssumedZone assumed, CancellationToken cancellationToken);

    /// <summary>Assumes nothing any more.</summary>
    Task ForgetAssumedZoneAsync(WalletAddress address, CancellationToken cancellationToken);
}
