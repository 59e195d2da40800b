using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What becomes of attempts to sign in with GitHub: they are in the audit log (rule O2), and too many that failed have to wait (rule A10).</summary>
public sealed class GitHubSignInAttempts(FailedAttempts attempts, AuditTrail audit)
{
    private const string Action = "github sign-in";

    /// <summary>Counts and notes an attempt that failed.</summary>
    public async Task<IResult> RefuseAsync(HttpRequest request, string secret, Error refusal)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = attempts.Refuse(request.HttpContext, secret, refusal);
        await audit.WriteRefusedAsync(request, Action, answer);
        return answer.ToProblem();
    }

    /// <summary>Notes who has signed in.</summary>
    public Task NoteAsync(HttpRequest request, DeveloperSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return audit.WriteAsync(request, Identity.NameOfDeveloper(session.Developer.Id), Action, detail: session.Developer.Username);
    }
}
