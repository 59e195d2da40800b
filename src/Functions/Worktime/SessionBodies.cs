using System.Text.Json;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;

namespace TraderHub.Functions.Worktime;

/// <summary>A session to start.</summary>
public sealed record StartSessionBody
{
    /// <summary>Whose repository it is in.</summary>
    public required string RepoOwner { get; init; }

    /// <summary>The repository.</summary>
    public required string RepoName { get; init; }

    /// <summary>The pull request.</summary>
    public required long PrNumber { get; init; }

    /// <summary>The client's own name for the session: sent again under it, the start is answered with the session that is there.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it began, if not now: at most a year back. Such a session is one of its own, whatever runs on the pull request.</summary>
    public string? StartTime { get; init; }

    /// <summary>What the client's clock shows as it sends; `start_time` is moved by the difference to the clock here.</summary>
    public string? ClientTime { get; init; }

    internal PullRequest PullRequest => new(RepoOwner, RepoName, PrNumber);

    internal void Check(FieldErrors errors)
    {
        PullRequest.Check(errors);
        WorktimeChecks.ClientId(ClientId, errors);
        WorktimeChecks.Time(StartTime, "start_time", errors);
        WorktimeChecks.Time(ClientTime, "client_time", errors);
    }
}

/// <summary>How a session ends.</summary>
public sealed record EndSessionBody
{
    /// <summary>What it counts, in seconds: at most what elapsed, and 60 for rounding. Without it, what elapsed.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>When it ended, if not now.</summary>
    public string? EndTime { get; init; }

    /// <summary>What the client's clock shows as it sends; `end_time` is moved by the difference to the clock here.</summary>
    public string? ClientTime { get; init; }

    internal void Check(FieldErrors errors)
    {
        WorktimeChecks.DurationSeconds(DurationSeconds, errors);
        WorktimeChecks.Time(EndTime, "end_time", errors);
        WorktimeChecks.Time(ClientTime, "client_time", errors);
    }
}

/// <summary>What is corrected of a session; at least one of them.</summary>
public sealed record CorrectSessionBody
{
    /// <summary>When it began.</summary>
    public string? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public string? EndTime { get; init; }

    /// <summary>What it counts, in seconds. Without it, what elapses between the corrected times.</summary>
    public long? DurationSeconds { get; init; }

    internal void Check(FieldErrors errors)
    {
        errors.Require(StartTime is not null || EndTime is not null || DurationSeconds is not null, "body", "must have 'start_time', 'end_time' or 'duration_seconds'.");
        WorktimeChecks.Time(StartTime, "start_time", errors);
        WorktimeChecks.Time(EndTime, "end_time", errors);
        WorktimeChecks.DurationSeconds(DurationSeconds, errors);
    }
}

/// <summary>What a client kept while it was offline.</summary>
public sealed record SessionBatchBody
{
    /// <summary>What the client's clock shows as it sends; all times of the batch are moved by the difference to the clock here.</summary>
    public string? ClientTime { get; init; }

    /// <summary>1 to 100 pieces, in any order; each is stored by itself.</summary>
    public required IReadOnlyList<QueuedSessionBody> Sessions { get; init; }
}

/// <summary>The same batch with pieces that are looked at each by itself.</summary>
internal sealed record UncheckedBatchBody
{
    /// <inheritdoc cref="SessionBatchBody.ClientTime" />
    public string? ClientTime { get; init; }

    /// <inheritdoc cref="SessionBatchBody.Sessions" />
    public required IReadOnlyList<JsonElement> Sessions { get; init; }

    internal void Check(FieldErrors errors)
    {
        WorktimeChecks.Time(ClientTime, "client_time", errors);
        WorktimeChecks.BatchSize(Sessions.Count, "sessions", errors);
    }
}

/// <summary>The start of a session, or its end.</summary>
public sealed record QueuedSessionBody
{
    /// <summary>`start` or `end`; without it, an end when there is an `end_time` or `duration_seconds`, else a start.</summary>
    public string? Action { get; init; }

    /// <summary>The client's own name for the session, the same for its start and its end.</summary>
    public required string ClientId { get; init; }

    /// <summary>The session's id, where it was started online without a name.</summary>
    public long? SessionId { get; init; }

    /// <summary>Whose repository it is in.</summary>
    public required string RepoOwner { get; init; }

    /// <summary>The repository.</summary>
    public required string RepoName { get; init; }

    /// <summary>The pull request.</summary>
    public required long PrNumber { get; init; }

    /// <summary>When it began.</summary>
    public string? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public string? EndTime { get; init; }

    /// <summary>What it counts, in seconds.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>When the piece was put into the queue: it stands for the time that the action has, where that is left out.</summary>
    public string? CreatedAt { get; init; }

    private bool IsEnd => Action == "end" || (Action is null && (EndTime ?? (object?)DurationSeconds) is not null);

    /// <summary>The piece; only worth something when no problem was noted.</summary>
    internal QueuedSession Read(FieldErrors errors)
    {
        var pullRequest = new PullRequest(RepoOwner, RepoName, PrNumber);
        pullRequest.Check(errors);
        WorktimeChecks.ClientId(ClientId, errors);
        WorktimeChecks.DurationSeconds(DurationSeconds, errors);
        errors.Require(Action is null or "start" or "end", "action", "must be one of: start, end.");
        var queued = WorktimeChecks.Time(CreatedAt, "created_at", errors);
        var start = WorktimeChecks.Time(StartTime, "start_time", errors) ?? (IsEnd ? null : queued);
        var end = WorktimeChecks.Time(EndTime, "end_time", errors) ?? (IsEnd ? queued : null);
        errors.Require(IsEnd || start is not null || StartTime is not null, "start_time", "is required, or 'created_at'.");
        return new(IsEnd, SessionId, ClientId, pullRequest, start, end, DurationSeconds);
    }
}
