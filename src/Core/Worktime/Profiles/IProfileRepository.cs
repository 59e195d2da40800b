namespace TraderHub.Core.Worktime.Profiles;

/// <summary>A developer.</summary>
/// <param name="Id">The id.</param>
/// <param name="GithubUsername">The name on GitHub.</param>
/// <param name="GithubAvatarUrl">The picture on GitHub.</param>
/// <param name="Email">The mail address, where GitHub tells it.</param>
/// <param name="TimezoneId">The zone that the developer's days are in: an IANA id.</param>
public sealed record DeveloperProfile(long Id, string GithubUsername, string? GithubAvatarUrl, string? Email, string TimezoneId);

/// <summary>Developers.</summary>
public interface IProfileRepository
{
    /// <summary>A developer; null when there is none.</summary>
    Task<DeveloperProfile?> FindAsync(long developer, CancellationToken cancellationToken);

    /// <summary>Sets the zone that a developer's days are in from now on (rule V3); null when there is no such developer.</summary>
    Task<DeveloperProfile?> SetTimezoneAsync(long developer, string timezoneId, CancellationToken cancellationToken);
}
