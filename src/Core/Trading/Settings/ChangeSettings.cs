using System.Globalization;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Settings;

/// <summary>Changes a trader's settings. Of changes that are made at once none is lost (rules H4, P2).</summary>
public sealed class ChangeSettings(ISettingsRepository settings, TimeProvider clock)
{
    /// <summary>The settings after a change.</summary>
    /// <param name="address">Whose settings.</param>
    /// <param name="change">Makes the new settings of the current ones, and notes what is wrong with them. It is called again when another change came first.</param>
    /// <param name="condition">The version that the caller's change rests on.</param>
    /// <param name="cancellationToken">Ends the changing.</param>
    public async Task<Result<UserSettings>> ExecuteAsync(
        WalletAddress address, Func<UserSettings, FieldErrors, UserSettings> change, VersionCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(condition);

        // Of those who try at once one succeeds each time, so this ends.
        while (true)
        {
            var current = await settings.GetAsync(address, cancellationToken);
            if (!condition.IsMetBy(current.Version.ToString(CultureInfo.InvariantCulture)))
            {
                return Error.VersionStale;
            }

            var errors = new FieldErrors();
            var changed = change(current, errors);
            SettingsLimits.Check(changed, current, errors);
            if (!errors.IsEmpty)
            {
                return errors.ToError();
            }

            // In whole seconds, as it is stored.
            changed = changed with { Version = current.Version, UpdatedAt = Instant.FromUnixTimeSeconds(clock.GetInstant().ToUnixTimeSeconds()) };
            if (await settings.TrySaveAsync(changed, cancellationToken))
            {
                return changed with { Version = current.Version + 1 };
            }
        }
    }
}
