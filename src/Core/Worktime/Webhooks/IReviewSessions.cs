using NodaTime;

namespace TraderHub.Core.Worktime.Webhooks;

/// <summary>The sessions of everybody who reviews a pull request.</summary>
public interface IReviewSessions
{
    /// <summary>Ends those that run; how many that were. Inside a transaction of the worktime store it is a part of that.</summary>
    /// <param name="repoOwner">Who has the repository, in any case of letters, as with GitHub.</param>
    /// <param name="repoName">The repository, in any case of letters.</param>
    /// <param name="prNumber">The pull request.</param>
    /// <param name="at">When it was closed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task<int> EndAllAsync(string repoOwner, string repoName, long prNumber, Instant at, CancellationToken cancellationToken);
}
