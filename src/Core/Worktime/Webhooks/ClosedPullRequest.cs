using NodaTime;

namespace TraderHub.Core.Worktime.Webhooks;

/// <summary>A pull request that was merged or closed.</summary>
/// <param name="RepoOwner">Who has the repository.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="Number">The pull request.</param>
/// <param name="ClosedAt">When it was closed.</param>
public sealed record ClosedPullRequest(string RepoOwner, string RepoName, long Number, Instant ClosedAt);
