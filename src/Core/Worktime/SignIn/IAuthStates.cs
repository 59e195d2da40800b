using NodaTime;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>The sign-ins that browsers have begun.</summary>
public interface IAuthStates
{
    /// <summary>Stores one, without its secret, and forgets those that have expired.</summary>
    Task AddAsync(AuthState state, Instant now, CancellationToken cancellationToken);

    /// <summary>Uses one up, for one caller only; null when it was used, has expired, or there never was one.</summary>
    Task<AuthState?> TryUseAsync(string state, Instant now, CancellationToken cancellationToken);
}
