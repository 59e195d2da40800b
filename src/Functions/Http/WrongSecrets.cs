using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>What becomes of a wrong secret that somebody wants to be let in with: it is counted (rule A10), and the refusal is in the audit log (rule O2).</summary>
public sealed class WrongSecrets(FailedAttempts attempts, AuditTrail audit)
{
    /// <summary>Counts and notes it; how it is refused is returned.</summary>
    /// <param name="request">The request that it came with.</param>
    /// <param name="action">What it was for, such as <c>sign-in</c>.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="refusal">How it is refused while there are few.</param>
    /// <param name="detail">On what it was to be used.</param>
    public async Task<Error> RefuseAsync(HttpRequest request, string action, string secret, Error refusal, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = attempts.Refuse(request.HttpContext, secret, refusal);
        await audit.WriteRefusedAsync(request, action, answer, detail);
        return answer;
    }
}
