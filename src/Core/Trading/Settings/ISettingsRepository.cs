namespace TraderHub.Core.Trading.Settings;

/// <summary>The stored settings.</summary>
public interface ISettingsRepository
{
    /// <summary>A trader's settings; null when none are stored.</summary>
    Task<UserSettings?> FindAsync(WalletAddress address, CancellationToken cancellationToken);

    /// <summary>Stores settings that rest on the version they carry; false when that is no longer the stored one, and nothing was stored.</summary>
    Task<bool> TrySaveAsync(UserSettings settings, CancellationToken cancellationToken);

    /// <summary>A trader's settings, which are the defaults until something is stored.</summary>
    async Task<UserSettings> GetAsync(WalletAddress address, CancellationToken cancellationToken) =>
        await FindAsync(address, cancellationToken) ?? UserSettings.DefaultOf(address);
}
