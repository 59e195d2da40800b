using NodaTime;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>What a developer's token says.</summary>
/// <param name="DeveloperId">Whose it is.</param>
/// <param name="GitHubUserId">The developer's number at GitHub, as text.</param>
/// <param name="Family">The sign-in that it goes back to.</param>
/// <param name="Id">Which token of that sign-in it is.</param>
/// <param name="IssuedAt">When it was made, to the second.</param>
/// <param name="ExpiresAt">From when on it is no longer accepted, to the second.</param>
public sealed record DeveloperToken(long DeveloperId, string GitHubUserId, string Family, string Id, Instant IssuedAt, Instant ExpiresAt);
