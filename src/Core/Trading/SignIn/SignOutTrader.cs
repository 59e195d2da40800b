namespace TraderHub.Core.Trading.SignIn;

/// <summary>Ends a session before its time (rule A7). The trader's other sessions go on.</summary>
public sealed class SignOutTrader(ISessionRepository sessions)
{
    /// <summary>Ends the session of a token; its token is worth nothing from now on.</summary>
    public Task ExecuteAsync(string token, CancellationToken cancellationToken) =>
        sessions.RemoveAsync(SessionToken.Hash(token), cancellationToken);
}
