using System.Text.Json;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Activities;

namespace TraderHub.Functions.Worktime;

/// <summary>Something that was done in a review.</summary>
public sealed record NewActivityBody
{
    /// <summary>What: comment, approve or request_changes.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Whose repository it is in.</summary>
    public required string RepoOwner { get; init; }

    /// <summary>The repository.</summary>
    public required string RepoName { get; init; }

    /// <summary>The pull request.</summary>
    public required long PrNumber { get; init; }

    /// <summary>The session that it was done in.</summary>
    public long? SessionId { get; init; }

    /// <summary>What else to tell of it.</summary>
    public ActivityMetadata? Metadata { get; init; }

    /// <summary>When it was done, if not now: at most a year back.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>What the client's clock shows as it sends; `created_at` is moved by the difference to the clock here.</summary>
    public string? ClientTime { get; init; }

    /// <summary>The client's own name for it: sent again under it, it is not stored again.</summary>
    public string? ClientId { get; init; }

    /// <summary>Notes what is wrong, each field under its path.</summary>
    internal void Check(string path, FieldErrors errors)
    {
        var own = new FieldErrors();
        own.Require(ActivityTypes.All.Contains(ActivityType), "activity_type", $"must be one of: {string.Join(", ", ActivityTypes.All)}.");
        new PullRequest(RepoOwner, RepoName, PrNumber).Check(own);
        WorktimeChecks.ClientId(ClientId, own);
        WorktimeChecks.Time(CreatedAt, "created_at", own);
        WorktimeChecks.Time(ClientTime, "client_time", own);
        WorktimeChecks.DurationSeconds(Metadata?.DurationSeconds, own);
        foreach (var (field, problems) in own.Fields)
        {
            errors.Require(false, $"{path}{field}", problems[0]);
        }
    }

    /// <summary>The activity, at a time by the clock here.</summary>
    internal ReviewActivity ToActivity(NodaTime.Instant at) => new(0, ActivityType, new PullRequest(RepoOwner, RepoName, PrNumber), at)
    {
        SessionId = SessionId,
        ClientId = ClientId,
        Metadata = Metadata is null ? null : JsonSerializer.Serialize(Metadata, WorktimeJson.Default.ActivityMetadata),
    };
}

/// <summary>What else is told of an activity.</summary>
public sealed record ActivityMetadata
{
    /// <summary>How long it took, in seconds.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>Whether a comment stands at a line.</summary>
    public bool? IsInlineComment { get; init; }
}

/// <summary>Several activities, stored all or none.</summary>
public sealed record ActivityBatchBody
{
    /// <summary>1 to 100 of them.</summary>
    public required IReadOnlyList<NewActivityBody> Activities { get; init; }

    /// <summary>What the client's clock shows as it sends; all times of the batch are moved by the difference to the clock here.</summary>
    public string? ClientTime { get; init; }
}

/// <summary>An activity.</summary>
/// <param name="ActivityId">Its id.</param>
/// <param name="ActivityType">What was done.</param>
/// <param name="RepoOwner">Whose repository it is in.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="PrNumber">The pull request.</param>
/// <param name="CreatedAt">When it was done, in UTC.</param>
public sealed record ActivityAnswer(long ActivityId, string ActivityType, string RepoOwner, string RepoName, long PrNumber, string CreatedAt)
{
    internal static ActivityAnswer Of(ReviewActivity activity) => new(
        activity.Id,
        activity.Type,
        activity.PullRequest.RepoOwner,
        activity.PullRequest.RepoName,
        activity.PullRequest.Number,
        activity.CreatedAt.ToIso());
}

/// <summary>Activities that are stored.</summary>
/// <param name="ActivityIds">Their ids, in the order that they were sent.</param>
/// <param name="Count">How many there are, whether they were stored before or not.</param>
/// <param name="CreatedCount">The same number, under the name that clients look for.</param>
public sealed record ActivityBatchAnswer(IReadOnlyList<long> ActivityIds, int Count, int CreatedCount);

/// <summary>A page of activities.</summary>
/// <param name="Activities">The activities, the latest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Limit">The most that a page has.</param>
/// <param name="Offset">How many were left out first.</param>
/// <param name="HasMore">Whether others follow.</param>
/// <param name="NextCursor">What to send as `cursor` to go on; null at the end.</param>
public sealed record ActivitiesAnswer(IReadOnlyList<ActivityAnswer> Activities, long Total, int Limit, int Offset, bool HasMore, string? NextCursor);

/// <summary>How often each thing was done.</summary>
/// <param name="Stats">The days with activities, the latest first.</param>
/// <param name="PeriodDays">How many days were asked for; the last is today in the developer's zone.</param>
public sealed record ActivityStatsAnswer(IReadOnlyList<ActivityDayAnswer> Stats, int PeriodDays);

/// <summary>A day with activities.</summary>
/// <param name="Date">The day, of the zone that the developer had then.</param>
/// <param name="CommentCount">Comments.</param>
/// <param name="ApproveCount">Approvals.</param>
/// <param name="RequestChangesCount">Requests for changes.</param>
/// <param name="TotalCount">All together.</param>
public sealed record ActivityDayAnswer(string Date, long CommentCount, long ApproveCount, long RequestChangesCount, long TotalCount)
{
    internal static ActivityDayAnswer Of(ActivityDay day) => new(
        day.Date.ToIso(), day.Comments, day.Approvals, day.ChangeRequests, day.Comments + day.Approvals + day.ChangeRequests);
}
