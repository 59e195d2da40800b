using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.LocalHost.Demo;

/// <summary>The trader whom the demo signs in.</summary>
internal static class DemoTrader
{
    private static readonly Duration SessionLength = Duration.FromDays(30);

    /// <summary>The trader's wallet; nobody has its key.</summary>
    public static WalletAddress Address { get; } = WalletAddress.Parse("0xde00000000000000000000000000000000000001");

    /// <summary>Begins a session; its token is returned.</summary>
    public static async Task<string> SignInAsync(ISessionRepository sessions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var token = SessionToken.Create();
        var now = clock.GetInstant();
        await sessions.AddAsync(SessionToken.Hash(token), Address, now, now + SessionLength, cancellationToken);
        return token;
    }
}
