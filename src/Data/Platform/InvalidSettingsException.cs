namespace TraderHub.Data.Platform;

/// <summary>Settings are wrong; the message names every one of them, its problem and an example.</summary>
/// <param name="problems">The problems, a sentence each.</param>
public sealed class InvalidSettingsException(IReadOnlyList<string> problems)
    : Exception($"{Count(problems)}:\n{string.Join('\n', problems.Select(problem => $"  - {problem}"))}")
{
    /// <summary>The problems, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>The message for a log that takes each line for an entry of its own.</summary>
    public string InOneLine => $"{Count(Problems)}: {string.Join("; ", Problems)}";

    private static string Count(IReadOnlyList<string> problems) => $"{problems.Count} setting{(problems.Count == 1 ? " is" : "s are")} wrong";
}
