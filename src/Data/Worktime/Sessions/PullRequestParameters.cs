using TraderHub.Core.Worktime;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.Sessions;

/// <summary>A pull request as statements compare it: without the case of its names.</summary>
internal static class PullRequestParameters
{
    public static SqlParameter[] Of(PullRequest pullRequest) =>
    [
        .. OfRepo(pullRequest.RepoOwner, pullRequest.RepoName),
        SqlParameter.Number("@PrNumber", pullRequest.Number),
    ];

    public static SqlParameter[] OfRepo(string? owner, string? name) =>
        [SqlParameter.Text("@Owner", owner?.ToLowerInvariant()), SqlParameter.Text("@Name", name?.ToLowerInvariant())];
}
