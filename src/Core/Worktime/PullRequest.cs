using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime;

/// <summary>A pull request. GitHub does not tell the case of names apart; they are kept as they were sent, and compared without it.</summary>
/// <param name="RepoOwner">Whose repository it is in.</param>
/// <param name="RepoName">The repository's name.</param>
/// <param name="Number">Its number there.</param>
public sealed record PullRequest(string RepoOwner, string RepoName, long Number)
{
    private const int LongestName = 100;

    /// <summary>Whether two are the same one to GitHub.</summary>
    public bool IsSameAs(PullRequest other) =>
        other is not null
        && Number == other.Number
        && RepoOwner.Equals(other.RepoOwner, StringComparison.OrdinalIgnoreCase)
        && RepoName.Equals(other.RepoName, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a text that is no such name.</summary>
    public const string NameProblem = "must have 1 to 100 letters, digits, '-', '_' or '.', and not be '.' or '..'.";

    /// <summary>Whether a text can be the name of an owner or a repository. Two names are ways in a path, and no repository has them.</summary>
    public static bool IsName(string text) =>
        text is { Length: > 0 and <= LongestName } and not ("." or "..")
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    /// <summary>Whether it can be a pull request.</summary>
    public bool IsValid => IsName(RepoOwner) && IsName(RepoName) && IsNumber(Number);

    private static bool IsNumber(long number) => number is > 0 and <= int.MaxValue;

    /// <summary>Notes what cannot be a pull request.</summary>
    public void Check(FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        errors.Require(IsName(RepoOwner), "repo_owner", NameProblem);
        errors.Require(IsName(RepoName), "repo_name", NameProblem);
        errors.Require(IsNumber(Number), "pr_number", $"must be a whole number from 1 to {int.MaxValue}.");
    }
}
