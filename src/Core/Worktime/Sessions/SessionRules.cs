using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>How a session ends, in a client's words.</summary>
/// <param name="At">When; null is now.</param>
/// <param name="DurationSeconds">What it counts; null is what elapsed.</param>
public sealed record SessionEnd(Instant? At, long? DurationSeconds);

/// <summary>What a session's owner corrects; null stays.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="DurationSeconds">What it counts.</param>
public sealed record SessionCorrection(Instant? Start, Instant? End, long? DurationSeconds);

/// <summary>What may become of a session that is there.</summary>
public static class SessionRules
{
    /// <summary>By how much a duration may be more than what elapsed: clients round, and their requests take time.</summary>
    private const int ToleranceSeconds = 60;

    /// <summary>Ends a session (rule V1). One that has ended stays as it is, so that an end can be sent again.</summary>
    public static Result<SessionChange> End(TimeSession session, SessionEnd end, string zoneId, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(end);
        if (session.Status == SessionStatus.Completed)
        {
            return (SessionChange)session;
        }

        // Nobody says for how long an abandoned one went on: it went on until its last sign of life.
        var isAbandoned = session.Status == SessionStatus.Abandoned;
        var at = end.At ?? (isAbandoned && end.DurationSeconds is null ? session.EndTime! : now).Value;
        var isRounding = at < session.StartTime && session.StartTime - at <= Duration.FromSeconds(ToleranceSeconds);
        return Complete(session, session.StartTime, isRounding ? session.StartTime : at, end.DurationSeconds)
            .Match<Result<SessionChange>>(ended => new SessionChange(ended with { ZoneId = zoneId }, isAbandoned ? SessionAudit.Ended : null), error => error);
    }

    /// <summary>Lets an abandoned session go on (rule V5). What passed meanwhile is not part of it.</summary>
    public static Result<SessionChange> Resume(SessionSituation situation, Instant now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var session = situation.Known!;
        return session.Status switch
        {
            SessionStatus.Active => (SessionChange)session,
            SessionStatus.Completed => SessionErrors.NotActive(session.Status),
            _ when situation.Active is { } other => SessionErrors.AnotherActive(other.Id),
            _ => new SessionChange(
                session with
                {
                    Status = SessionStatus.Active,
                    EndTime = null,
                    DurationSeconds = null,
                    LastSeenAt = now,
                    AwaySeconds = session.AwaySeconds + Math.Max(0, SecondsBetween(session.EndTime!.Value, now)),
                },
                SessionAudit.Resumed),
        };
    }

    /// <summary>Corrects a session; one that was abandoned then counts (rule V5).</summary>
    public static Result<SessionChange> Correct(TimeSession session, SessionCorrection correction, string zoneId)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(correction);
        var start = correction.Start ?? session.StartTime;
        if (session.Status == SessionStatus.Active)
        {
            return correction is { End: null, DurationSeconds: null }
                ? Record(session, session with { StartTime = start, IsStartDerived = false, LastSeenAt = Instant.Max(session.LastSeenAt, start) })
                : SessionErrors.StillActive;
        }

        var corrected = Complete(session, start, correction.End ?? session.EndTime!.Value, correction.DurationSeconds);
        return corrected.Match(
            ended => Record(session, ended with { IsStartDerived = false, ZoneId = session.Status == SessionStatus.Completed ? session.ZoneId : zoneId }),
            error => error);
    }

    /// <summary>A session that ends, if its times and its duration go together.</summary>
    internal static Result<TimeSession> Complete(TimeSession session, Instant start, Instant end, long? durationSeconds)
    {
        if (end < start)
        {
            return SessionErrors.EndsBeforeStart;
        }

        var elapsed = SecondsBetween(start, end);
        if (durationSeconds > elapsed + ToleranceSeconds)
        {
            return SessionErrors.LongerThanElapsed(elapsed);
        }

        return session with
        {
            Status = SessionStatus.Completed,
            StartTime = start,
            EndTime = end,
            DurationSeconds = durationSeconds ?? Math.Max(0, elapsed - session.AwaySeconds),
            LastSeenAt = Instant.Max(session.LastSeenAt, end),
        };
    }

    private static Result<SessionChange> Record(TimeSession before, TimeSession after) => new SessionChange(after, after == before ? null : SessionAudit.Corrected);

    private static long SecondsBetween(Instant start, Instant end) => (end.ToUnixTimeMilliseconds() - start.ToUnixTimeMilliseconds()) / 1000;
}

/// <summary>The words of a session's record.</summary>
public static class SessionAudit
{
    /// <summary>It was abandoned, and its end came after all.</summary>
    public const string Ended = "ended";

    /// <summary>It was abandoned, and goes on.</summary>
    public const string Resumed = "resumed";

    /// <summary>Its owner corrected it.</summary>
    public const string Corrected = "corrected";

    /// <summary>Its owner removed it.</summary>
    public const string Deleted = "deleted";
}
