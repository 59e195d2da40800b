namespace TraderHub.Web.SignIn;

/// <summary>What a visitor without a session is told.</summary>
/// <param name="HasEnded">Whether there was a session that has ended.</param>
/// <param name="DemoCommand">In the demo, the command that prints a link to sign in with; null elsewhere.</param>
public sealed record Welcome(bool HasEnded, string? DemoCommand);
