using System.Globalization;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>Why something about a session is refused.</summary>
public static class SessionErrors
{
    /// <summary>There is no such session, or not for this developer.</summary>
    public static Error NotFound { get; } = new(ErrorKind.NotFound, "SESSION_NOT_FOUND", "You have no session of this id.");

    /// <summary>It was there and its owner removed it; a client that sends it again must not bring it back.</summary>
    public static Error Deleted { get; } = new(ErrorKind.NotFound, "SESSION_DELETED", "The session of this client_id was deleted. Send it no more.");

    /// <summary>The developer is gone.</summary>
    public static Error NoDeveloper { get; } = new(ErrorKind.NotFound, "DEVELOPER_NOT_FOUND", "The developer of this token is no longer here. Sign in again.");

    /// <summary>A client gave two sessions one name.</summary>
    public static Error ClientIdReused { get; } =
        new(ErrorKind.Conflict, "CLIENT_ID_REUSED", "This client_id stands for a session of another pull request. Use a new one for each session.");

    /// <summary>It runs, and this is for those that do not.</summary>
    public static Error StillActive { get; } =
        new(ErrorKind.Conflict, "SESSION_ACTIVE", "The session still runs: only its start can be corrected. End it first.");

    /// <summary>It does not run, and this is for those that do.</summary>
    public static Error NotActive(SessionStatus status) => new(
        ErrorKind.Conflict,
        "SESSION_NOT_ACTIVE",
        $"The session is {status.ToText()}. {(status == SessionStatus.Abandoned ? "Resume it, or end it with its duration." : "Correct it where it is wrong.")}");

    /// <summary>Another one of the same pull request runs.</summary>
    public static Error AnotherActive(long id) => new(
        ErrorKind.Conflict,
        "ANOTHER_SESSION_ACTIVE",
        string.Create(CultureInfo.InvariantCulture, $"Session {id} of the same pull request runs, and there is one at a time. End it first."));

    /// <summary>It would end before it begins.</summary>
    public static Error EndsBeforeStart { get; } = OfField("ENDS_BEFORE_START", "end_time", "must not be before the session's start.");

    /// <summary>It would count more than it lasted.</summary>
    public static Error LongerThanElapsed(long elapsedSeconds) => OfField(
        "DURATION_TOO_LONG",
        "duration_seconds",
        string.Create(CultureInfo.InvariantCulture, $"must not be more than the {elapsedSeconds} seconds that elapsed, and 60 for rounding."));

    /// <summary>Its end came, its start is not known, and cannot be worked out.</summary>
    public static Error StartUnknown { get; } =
        OfField("START_UNKNOWN", "start_time", "is needed, or 'duration_seconds': no session of this client_id has started.");

    private static Error OfField(string code, string field, string problem) =>
        new(ErrorKind.RuleBroken, code, $"The field '{field}' {problem}") { Fields = new Dictionary<string, string[]> { [field] = [problem] } };
}
