using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Profiles;

namespace TraderHub.Functions.Worktime;

/// <summary>The zone that a developer's days are in.</summary>
public sealed class DeveloperZone(IProfileRepository profiles)
{
    /// <summary>The zone; UTC for who has chosen none.</summary>
    public async Task<UserZone> FindAsync(long developer, CancellationToken cancellationToken) =>
        await profiles.FindAsync(developer, cancellationToken) is { } profile ? UserZone.FromId(profile.TimezoneId) ?? UserZone.Utc : UserZone.Utc;
}
