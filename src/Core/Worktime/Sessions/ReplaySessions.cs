using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>What a client's queue holds: the start of a session, or its end.</summary>
/// <param name="IsEnd">Whether it is the end.</param>
/// <param name="Id">The session's id, where the client knows it.</param>
/// <param name="ClientId">The client's name for the session.</param>
/// <param name="PullRequest">What was reviewed.</param>
/// <param name="Start">When it began, by the client's clock.</param>
/// <param name="End">When it ended, by the client's clock.</param>
/// <param name="DurationSeconds">What it counts.</param>
public sealed record QueuedSession(bool IsEnd, long? Id, string ClientId, PullRequest PullRequest, Instant? Start, Instant? End, long? DurationSeconds);

/// <summary>Stores what clients kept while they were offline. Each piece is a transaction of its own, and the order in which they come is of no matter (rule V6).</summary>
public sealed class ReplaySessions(StartSession startSession, EndSession endSession)
{
    /// <summary>Stores one piece.</summary>
    public Task<Result<StoredSession>> ExecuteAsync(long developer, QueuedSession queued, ClientClock clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queued);
        ArgumentNullException.ThrowIfNull(clock);
        var start = clock.Read(queued.Start, "start_time");
        var end = clock.Read(queued.End, "end_time");
        if ((start.Error ?? end.Error) is { } refusal)
        {
            return Task.FromResult<Result<StoredSession>>(refusal);
        }

        var ending = new SessionEnd(end.Value, queued.DurationSeconds);
        return queued switch
        {
            { IsEnd: false } => startSession.ExecuteAsync(developer, queued.PullRequest, queued.ClientId, start.Value, cancellationToken),
            { Id: { } id } => endSession.ExecuteAsync(developer, id, ending, cancellationToken),
            _ => endSession.ExecuteAsync(developer, queued.ClientId, queued.PullRequest, start.Value, ending, cancellationToken),
        };
    }
}
