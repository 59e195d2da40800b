using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>Begins a session for a trader who has proved to be one (rule A7).</summary>
public sealed class BeginSession(ISessionRepository sessions, TimeProvider clock)
{
    private static readonly Duration Length = Duration.FromDays(30);

    /// <summary>A new session; only its hash is stored.</summary>
    public async Task<Session> ExecuteAsync(WalletAddress trader, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var session = new Session(SessionToken.Create(), trader, now, now + Length);
        await sessions.AddAsync(SessionToken.Hash(session.Token), session.Address, session.CreatedAt, session.ExpiresAt, cancellationToken);
        return session;
    }
}
