using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>Begins a session for whoever proves to have the key of a wallet (rule A7).</summary>
public sealed class SignInTrader(VerifyWallet verifyWallet, ISessionRepository sessions, TimeProvider clock)
{
    private static readonly Duration SessionLength = Duration.FromDays(30);

    /// <summary>A session for the signer of a message.</summary>
    public async Task<Result<Session>> ExecuteAsync(
        string message, string signature, SignInDomain domain, CancellationToken cancellationToken)
    {
        var trader = await verifyWallet.ExecuteAsync(message, signature, SignInPurpose.Login, domain, cancellationToken);
        if (trader.Error is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetInstant();
        var session = new Session(SessionToken.Create(), trader.Value, now, now + SessionLength);
        await sessions.AddAsync(SessionToken.Hash(session.Token), session.Address, session.CreatedAt, session.ExpiresAt, cancellationToken);
        return session;
    }
}
