namespace TraderHub.Core.Worktime.SignIn;

/// <summary>What GitHub says of a user.</summary>
/// <param name="UserId">The user's number, as text.</param>
/// <param name="Username">The user's name.</param>
/// <param name="Email">The public e-mail address; null when there is none.</param>
/// <param name="AvatarUrl">The picture; null when there is none.</param>
public sealed record GitHubProfile(string UserId, string Username, string? Email, string? AvatarUrl);
