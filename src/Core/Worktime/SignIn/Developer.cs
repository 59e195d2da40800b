namespace TraderHub.Core.Worktime.SignIn;

/// <summary>A developer, as GitHub described them at their last sign-in.</summary>
/// <param name="Id">The developer's number here.</param>
/// <param name="GitHubUserId">The developer's number at GitHub, as text; it stays when the name changes.</param>
/// <param name="Username">The name at GitHub.</param>
/// <param name="Email">The public e-mail address; null when there is none.</param>
/// <param name="AvatarUrl">The picture.</param>
public sealed record Developer(long Id, string GitHubUserId, string Username, string? Email, string? AvatarUrl);
