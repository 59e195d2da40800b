using NodaTime;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>The developers who have signed in.</summary>
public interface IDeveloperRepository
{
    /// <summary>Stores what GitHub says of a developer now; of several first sign-ins at once one makes the developer, and all of them get that one.</summary>
    Task<Developer> SaveAsync(GitHubProfile profile, Instant now, CancellationToken cancellationToken);

    /// <summary>A developer; null when there is none of that number.</summary>
    Task<Developer?> FindAsync(long id, CancellationToken cancellationToken);
}
