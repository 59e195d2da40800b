using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>Makes a code that signs a browser in once, within a minute (rule A12). Only the demo does, for its own trader.</summary>
public sealed class IssueSignInCode(ISignInCodeRepository codes, TimeProvider clock)
{
    private static readonly Duration Lifetime = Duration.FromSeconds(60);

    /// <summary>A code for a trader: 256 random bits, of which only the hash is stored.</summary>
    public async Task<string> ExecuteAsync(WalletAddress trader, CancellationToken cancellationToken)
    {
        var code = SessionToken.Create();
        var now = clock.GetInstant();
        await codes.AddAsync(SessionToken.Hash(code), trader, now, now + Lifetime, cancellationToken);
        return code;
    }
}
