using NodaTime;

namespace TraderHub.Core.Worktime.Webhooks;

/// <summary>A pull request that was merged or closed.</summary>
/// <param name="PullRequest">Which.</param>
/// <param name="ClosedAt">When it was closed.</param>
public sealed record ClosedPullRequest(PullRequest PullRequest, Instant ClosedAt);
