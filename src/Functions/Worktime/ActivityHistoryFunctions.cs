using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Activities;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What the signed-in developer has done in reviews.</summary>
public sealed class ActivityHistoryFunctions(IActivityRepository activities, DeveloperZone developerZone, TimeProvider clock)
{
    private const string List = "activities";

    private const int DefaultDays = 30;

    private const int MostDays = 365;

    /// <summary>The activities, the latest first; every filter that is given narrows the list.</summary>
    [Function(nameof(ListActivities))]
    [Access(Caller.Developer)]
    [Query<string>("activity_type", "comment, approve or request_changes.")]
    [Query<string>("repo_owner", "Whose repository.")]
    [Query<string>("repo_name", "Which repository.")]
    [Query<int>("pr_number", "Which pull request.")]
    [Query<int>("limit", "The most activities to answer, 1 to 500; 50 without it.")]
    [Query<int>("offset", "How many to leave out first; 0 without it. Not together with `cursor`.")]
    [Query<string>("cursor", "The `next_cursor` of the page before; without it the list begins.")]
    [Returns<ActivitiesAnswer>("A page of the activities.")]
    [Fails(StatusCodes.Status400BadRequest, "The cursor is not of this list.", "CURSOR_NOT_VALID")]
    public async Task<IResult> ListActivities(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/activities")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => (Query: ReadQuery(query, request.Developer()), Page: OffsetPage.Read(query, List)));
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var page = asked.Value.Page;
        var wanted = asked.Value.Query with { Limit = page.Limit, Offset = page.Offset, After = page.After };
        var total = await activities.CountAsync(wanted, cancellationToken);
        var (rows, next) = page.Cut(await activities.ReadAsync(wanted, cancellationToken), activity => new TimeKey(activity.CreatedAt, activity.Id));
        return Reply.Json(
            new ActivitiesAnswer([.. rows.Select(ActivityAnswer.Of)], total, page.Limit, page.Offset, next is not null, next),
            WorktimeJson.Default.ActivitiesAnswer);
    }

    /// <summary>How often each thing was done on the last days, today in the developer's zone with them.</summary>
    [Function(nameof(GetActivityStats))]
    [Access(Caller.Developer)]
    [Query<int>("days", "How many days, 1 to 365; 30 without it.")]
    [Returns<ActivityStatsAnswer>("The days with activities.")]
    public async Task<IResult> GetActivityStats(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/activities/stats")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => query.Number("days", 1, MostDays) ?? DefaultDays);
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var today = LocalDay.Containing(clock.GetInstant(), await developerZone.FindAsync(request.Developer(), cancellationToken)).Date;
        var days = await activities.CountByDayAsync(request.Developer(), today.PlusDays(1 - asked.Value), today.PlusDays(1), cancellationToken);
        return Reply.Json(new ActivityStatsAnswer([.. days.Select(ActivityDayAnswer.Of)], asked.Value), WorktimeJson.Default.ActivityStatsAnswer);
    }

    private static ActivityQuery ReadQuery(RequestQuery query, long developer)
    {
        var read = new ActivityQuery(developer)
        {
            Type = query.Choice("activity_type", ActivityTypes.All),
            RepoOwner = query.Text("repo_owner"),
            RepoName = query.Text("repo_name"),
            PrNumber = query.Number("pr_number", 1, int.MaxValue),
        };
        query.Require(read.RepoOwner is null || PullRequest.IsName(read.RepoOwner), "repo_owner", PullRequest.NameProblem);
        query.Require(read.RepoName is null || PullRequest.IsName(read.RepoName), "repo_name", PullRequest.NameProblem);
        return read;
    }
}
