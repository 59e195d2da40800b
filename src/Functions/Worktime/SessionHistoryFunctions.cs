using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>The signed-in developer's sessions.</summary>
public sealed class SessionHistoryFunctions(ITimeSessionHistory history)
{
    private const string List = "time-sessions";

    /// <summary>The most sessions that run at a time and are answered at once.</summary>
    private const int MostActive = 500;

    /// <summary>The sessions, those stored last first; every filter that is given narrows the list.</summary>
    [Function(nameof(ListSessions))]
    [Access(Caller.Developer)]
    [Query<string>("status", "active, completed or abandoned.")]
    [Query<string>("repo", "The repository, such as `octo/hub`.")]
    [Query<string>("from", "The first instant, or date of the zone that each counts in, that they lie in with some part.")]
    [Query<string>("to", "The first instant or date after that.")]
    [Query<int>("limit", "The most sessions to answer, 1 to 500; 50 without it.")]
    [Query<int>("offset", "How many to leave out first; 0 without it. Not together with `cursor`.")]
    [Query<string>("cursor", "The `next_cursor` of the page before; without it the list begins.")]
    [Returns<SessionsAnswer>("A page of the sessions.")]
    [Fails(StatusCodes.Status400BadRequest, "The cursor is not of this list.", "CURSOR_NOT_VALID")]
    public async Task<IResult> ListSessions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/time-sessions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => (Filter: SessionFilter.Read(query), Page: OffsetPage.Read(query, List)));
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var (filter, page) = asked.Value;
        var query = await filter.ToQueryAsync(request.Developer(), history, cancellationToken);
        var wanted = query with { Limit = page.Limit, Offset = page.Offset, After = page.After };
        var total = await history.CountAsync(wanted, cancellationToken);
        var found = await history.ReadAsync(wanted, cancellationToken);
        var (sessions, next) = page.Cut(found, session => new TimeKey(session.CreatedAt, session.Id));
        return Reply.Json(
            new SessionsAnswer([.. sessions.Select(SessionAnswer.Of)], total, page.Limit, page.Offset, next is not null, next),
            WorktimeJson.Default.SessionsAnswer);
    }

    /// <summary>The sessions that run.</summary>
    [Function(nameof(ListActiveSessions))]
    [Access(Caller.Developer)]
    [Returns<ActiveSessionsAnswer>("The sessions.")]
    public async Task<IResult> ListActiveSessions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/time-sessions/active")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new SessionQuery(request.Developer()) { Status = SessionStatus.Active, Limit = MostActive };
        var sessions = await history.ReadAsync(query, cancellationToken);
        return Reply.Json(new ActiveSessionsAnswer([.. sessions.Select(SessionAnswer.Of)], sessions.Count), WorktimeJson.Default.ActiveSessionsAnswer);
    }

    /// <summary>A session.</summary>
    [Function(nameof(GetSession))]
    [Access(Caller.Developer)]
    [Returns<SessionAnswer>("The session.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such session, or it is somebody else's.", "SESSION_NOT_FOUND")]
    public async Task<IResult> GetSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/time-sessions/{id:long}")] HttpRequest request,
        [Description("The session's id.")] long id,
        CancellationToken cancellationToken) =>
        await history.FindAsync(request.Developer(), id, cancellationToken) is { } session
            ? Reply.Json(SessionAnswer.Of(session), WorktimeJson.Default.SessionAnswer)
            : SessionErrors.NotFound.ToProblem();

    /// <summary>All sessions as a file, those stored last first; the filters are the list's.</summary>
    [Function(nameof(ExportSessions))]
    [Access(Caller.Developer)]
    [Query<string>("format", "csv or json; csv without it.")]
    [Query<string>("status", "active, completed or abandoned.")]
    [Query<string>("repo", "The repository, such as `octo/hub`.")]
    [Query<string>("from", "The first instant, or date of the zone that each counts in, that they lie in with some part.")]
    [Query<string>("to", "The first instant or date after that.")]
    [Returns(StatusCodes.Status200OK, "A line for each session under a line of names, or a JSON list of sessions.", MediaType = "text/csv")]
    public async Task<IResult> ExportSessions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/time-sessions/export")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(
            request, query => (Format: query.Choice("format", SessionExport.Formats) ?? SessionExport.Formats[0], Filter: SessionFilter.Read(query)));
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var wanted = await asked.Value.Filter.ToQueryAsync(request.Developer(), history, cancellationToken);
        return await SessionExport.BeginAsync(history, wanted, asked.Value.Format, cancellationToken);
    }
}
