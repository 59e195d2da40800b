using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>A session that has started.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="StartTime">When it began, in UTC.</param>
/// <param name="RepoOwner">Whose repository it is in.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="PrNumber">The pull request.</param>
/// <param name="Status">How it stands: active, or completed or abandoned when it was there already.</param>
public sealed record StartedSessionAnswer(long SessionId, string StartTime, string RepoOwner, string RepoName, long PrNumber, string Status)
{
    internal static StartedSessionAnswer Of(TimeSession session) => new(
        session.Id,
        session.StartTime.ToIso(),
        session.PullRequest.RepoOwner,
        session.PullRequest.RepoName,
        session.PullRequest.Number,
        session.Status.ToText());
}

/// <summary>A session that has ended.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="StartTime">When it began, in UTC.</param>
/// <param name="EndTime">When it ended, in UTC.</param>
/// <param name="DurationSeconds">What it counts.</param>
/// <param name="Status">Always completed.</param>
public sealed record EndedSessionAnswer(long SessionId, string StartTime, string EndTime, long DurationSeconds, string Status)
{
    internal static EndedSessionAnswer Of(TimeSession session) => new(
        session.Id, session.StartTime.ToIso(), session.EndTime!.Value.ToIso(), session.DurationSeconds!.Value, session.Status.ToText());
}

/// <summary>A session.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RepoOwner">Whose repository it is in.</param>
/// <param name="RepoName">The repository.</param>
/// <param name="PrNumber">The pull request.</param>
/// <param name="StartTime">When it began, in UTC.</param>
/// <param name="EndTime">When it ended; of an abandoned one, its last sign of life; null while it runs.</param>
/// <param name="DurationSeconds">What it counts; null unless it is completed.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="Status">How it stands: active, completed or abandoned.</param>
/// <param name="ClientId">The client's name for it; null when it gave none.</param>
public sealed record SessionAnswer(
    long Id,
    string RepoOwner,
    string RepoName,
    long PrNumber,
    string StartTime,
    string? EndTime,
    long? DurationSeconds,
    string CreatedAt,
    string Status,
    string? ClientId)
{
    internal static SessionAnswer Of(TimeSession session) => new(
        session.Id,
        session.PullRequest.RepoOwner,
        session.PullRequest.RepoName,
        session.PullRequest.Number,
        session.StartTime.ToIso(),
        session.EndTime?.ToIso(),
        session.DurationSeconds,
        session.CreatedAt.ToIso(),
        session.Status.ToText(),
        session.ClientId);
}

/// <summary>A page of sessions.</summary>
/// <param name="Sessions">The sessions, those stored last first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Limit">The most that a page has.</param>
/// <param name="Offset">How many were left out first.</param>
/// <param name="HasMore">Whether others follow.</param>
/// <param name="NextCursor">What to send as `cursor` to go on; null at the end.</param>
public sealed record SessionsAnswer(IReadOnlyList<SessionAnswer> Sessions, long Total, int Limit, int Offset, bool HasMore, string? NextCursor);

/// <summary>The sessions that run.</summary>
/// <param name="Sessions">The sessions, those stored last first.</param>
/// <param name="Count">How many there are.</param>
public sealed record ActiveSessionsAnswer(IReadOnlyList<SessionAnswer> Sessions, int Count);

/// <summary>A sign of life that was noted.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Status">Always active.</param>
/// <param name="LastSeenAt">When it was noted, in UTC.</param>
public sealed record HeartbeatAnswer(long SessionId, string Status, string LastSeenAt);

/// <summary>What became of a batch.</summary>
/// <param name="Results">One for each piece, in their order.</param>
/// <param name="Count">How many are stored now, whether they were before or not.</param>
/// <param name="CreatedCount">The same number, under the name that clients look for.</param>
/// <param name="FailedCount">How many were refused.</param>
public sealed record SessionBatchAnswer(IReadOnlyList<SessionBatchResult> Results, int Count, int CreatedCount, int FailedCount);

/// <summary>What became of a piece of a batch. A piece that is refused with 4xx will be refused again.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="ClientId">The client's name for the session, as it was sent.</param>
/// <param name="Status">As if it had been sent alone: 201 stored, 200 there already or ended, 400, 404, 409, 422 refused.</param>
/// <param name="SessionId">The session's id; null when the piece was refused.</param>
/// <param name="Session">The session; null when the piece was refused.</param>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Error">The refusal in words.</param>
/// <param name="Errors">What is wrong with each field.</param>
public sealed record SessionBatchResult(
    int Index,
    string? ClientId,
    int Status,
    long? SessionId,
    SessionAnswer? Session,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors)
{
    internal static SessionBatchResult Of(int index, string? clientId, Result<StoredSession> stored) => stored.Match<SessionBatchResult>(
        done => new(
            index, clientId, done.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, done.Session.Id, SessionAnswer.Of(done.Session), null, null, null),
        error => new(index, clientId, Problems.StatusOf(error.Kind), null, null, error.Code, error.Detail, error.Fields.Count > 0 ? error.Fields : null));
}
