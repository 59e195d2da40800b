using NodaTime;

namespace TraderHub.Core.Worktime.Activities;

/// <summary>Something that a developer did in a review.</summary>
/// <param name="Id">Its id; 0 before it is stored.</param>
/// <param name="Type">What, one of <see cref="ActivityTypes"/>.</param>
/// <param name="PullRequest">Where.</param>
/// <param name="CreatedAt">When.</param>
public sealed record ReviewActivity(long Id, string Type, PullRequest PullRequest, Instant CreatedAt)
{
    /// <summary>The session that it was done in.</summary>
    public long? SessionId { get; init; }

    /// <summary>What else the client tells of it: a JSON object.</summary>
    public string? Metadata { get; init; }

    /// <summary>The client's name for it.</summary>
    public string? ClientId { get; init; }
}

/// <summary>What can be done in a review.</summary>
public static class ActivityTypes
{
    /// <summary>A comment.</summary>
    public const string Comment = "comment";

    /// <summary>An approval.</summary>
    public const string Approve = "approve";

    /// <summary>A request for changes.</summary>
    public const string RequestChanges = "request_changes";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Comment, Approve, RequestChanges];
}

/// <summary>Which activities of a developer are asked for.</summary>
/// <param name="Developer">Whose.</param>
public sealed record ActivityQuery(long Developer)
{
    /// <summary>What; null means anything.</summary>
    public string? Type { get; init; }

    /// <summary>Whose repository; null means anybody's.</summary>
    public string? RepoOwner { get; init; }

    /// <summary>Which repository; null means any.</summary>
    public string? RepoName { get; init; }

    /// <summary>Which pull request; null means any.</summary>
    public long? PrNumber { get; init; }

    /// <summary>The most to answer.</summary>
    public int Limit { get; init; }

    /// <summary>How many to leave out first.</summary>
    public int Offset { get; init; }

    /// <summary>The last one that was answered; null begins the list.</summary>
    public Platform.TimeKey? After { get; init; }
}

/// <summary>How often each thing was done on a day.</summary>
/// <param name="Date">The day, of the zone that the developer had when it was stored.</param>
/// <param name="Comments">Comments.</param>
/// <param name="Approvals">Approvals.</param>
/// <param name="ChangeRequests">Requests for changes.</param>
public sealed record ActivityDay(LocalDate Date, long Comments, long Approvals, long ChangeRequests);
