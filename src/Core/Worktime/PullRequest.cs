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

    /// <summary>Whether a text can be the name of an owner or a repository.</summary>
    public static bool IsName(string text) =>
        text is { Length: > 0 and <= LongestName } && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    /// <summary>Notes what cannot be a pull request.</summary>
    public void Check(FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        const string NameProblem = "must have 1 to 100 letters, digits, '-', '_' or '.'.";
        errors.Require(IsName(RepoOwner), "repo_owner", NameProblem);
        errors.Require(IsName(RepoName), "repo_name", NameProblem);
        errors.Require(Number is > 0 and <= int.MaxValue, "pr_number", $"must be a whole number from 1 to {int.MaxValue}.");
    }
}
