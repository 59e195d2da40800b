using NodaTime;

namespace TraderHub.Core.Operations;

/// <summary>The sign-ins of operators' browsers that were ended before their time, for all instances.</summary>
public interface IEndedOperatorSignIns
{
    /// <summary>Ends a sign-in; ending it twice changes nothing.</summary>
    /// <param name="id">The sign-in.</param>
    /// <param name="expiresAt">When it would have ended by itself: it is not remembered for longer.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task AddAsync(string id, Instant expiresAt, CancellationToken cancellationToken);

    /// <summary>Whether a sign-in was ended.</summary>
    Task<bool> ContainsAsync(string id, CancellationToken cancellationToken);
}
