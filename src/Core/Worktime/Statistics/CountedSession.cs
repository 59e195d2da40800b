using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;

namespace TraderHub.Core.Worktime.Statistics;

/// <summary>What the statistics see of a completed session.</summary>
/// <param name="PullRequest">What was reviewed.</param>
/// <param name="StartTime">When it began.</param>
/// <param name="EndTime">When it ended.</param>
/// <param name="Seconds">What it counts.</param>
/// <param name="ZoneId">The zone whose days it counts in.</param>
public readonly record struct CountedSession(PullRequest PullRequest, Instant StartTime, Instant EndTime, long Seconds, string ZoneId)
{
    /// <summary>What a session counts on each day.</summary>
    public IReadOnlyList<DayShare> Shares => DayShare.Of(StartTime, EndTime, Seconds, UserZone.FromId(ZoneId) ?? UserZone.Utc);

    /// <summary>What the statistics see of a session; null when it does not count.</summary>
    public static CountedSession? Of(TimeSession session) => session is { Status: SessionStatus.Completed, EndTime: { } end, DurationSeconds: { } seconds }
        ? new(session.PullRequest, session.StartTime, end, seconds, session.ZoneId)
        : null;
}
