namespace TraderHub.Functions.Pages;

/// <summary>How a visitor of the demo gets in.</summary>
/// <param name="Command">The command that prints a link to sign in with; null when this is no demo.</param>
public sealed record DemoHint(string? Command)
{
    /// <summary>This is no demo.</summary>
    public static DemoHint None { get; } = new((string?)null);
}
