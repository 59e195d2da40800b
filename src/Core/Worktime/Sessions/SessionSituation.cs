using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Sessions;

/// <summary>What a rule decides about a developer's session by. It stays as it is until the decision is stored.</summary>
/// <param name="Known">The session that is meant; null when there is none.</param>
/// <param name="Active">Another session of the same pull request that runs; null when none does.</param>
/// <param name="IsDeleted">Whether the client's name stands for a session that was deleted.</param>
/// <param name="ZoneId">The developer's zone.</param>
public sealed record SessionSituation(TimeSession? Known, TimeSession? Active, bool IsDeleted, string ZoneId);

/// <summary>Which session is meant.</summary>
/// <param name="Id">Its id; null when a client's name says it.</param>
/// <param name="ClientId">The client's name for it.</param>
/// <param name="PullRequest">What it is the review of; null where the id says it.</param>
public sealed record SessionKey(long? Id, string? ClientId, PullRequest? PullRequest)
{
    /// <summary>The session of an id.</summary>
    public static SessionKey Of(long id) => new(id, null, null);
}

/// <summary>What a rule decided.</summary>
/// <param name="Session">The session as it is from now on: a new one (id 0), the one that was meant, or another that stands for it.</param>
/// <param name="Audit">The word for the change in the session's record; null for what is in the order of things.</param>
public sealed record SessionChange(TimeSession Session, string? Audit = null)
{
    /// <summary>A session as it is.</summary>
    public static implicit operator SessionChange(TimeSession session) => new(session);

    /// <summary>A session as it is.</summary>
    public static SessionChange FromTimeSession(TimeSession session) => new(session);
}

/// <summary>A session as it is stored.</summary>
/// <param name="Session">The session.</param>
/// <param name="IsNew">Whether it was not there before.</param>
public sealed record StoredSession(TimeSession Session, bool IsNew);

/// <summary>Decides what becomes of a session.</summary>
public delegate Result<SessionChange> SessionRule(SessionSituation situation);
