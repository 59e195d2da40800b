using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>What an operator decides about sessions.</summary>
/// <param name="AbandonAfter">After how long without a sign of life one is abandoned.</param>
public sealed record SessionSettings(Duration AbandonAfter);

/// <summary>Marks as abandoned the sessions that nothing was heard of: their client is gone (rule V5).</summary>
public sealed class AbandonStaleSessions(ITimeSessionRepository sessions, SessionSettings settings, TimeProvider clock)
{
    /// <summary>Marks them; how many there were is returned.</summary>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken) =>
        sessions.AbandonAsync(clock.GetInstant() - settings.AbandonAfter, cancellationToken);
}
