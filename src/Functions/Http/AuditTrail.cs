using Microsoft.AspNetCore.Http;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Writes what a request did into the audit log, with where it came from.</summary>
public sealed class AuditTrail(IAuditLog log, TimeProvider clock)
{
    private const string Done = "done";

    /// <summary>Writes that an action was done, or refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="actor">Who acted.</param>
    /// <param name="action">What, such as <c>operator sign-in</c>.</param>
    /// <param name="refusal">Why it was refused; null when it was done.</param>
    /// <param name="detail">On what.</param>
    public Task WriteAsync(HttpRequest request, string actor, string action, Error? refusal = null, string? detail = null) =>
        log.AddAsync(EntryOf(request, actor, action, refusal, detail), CancellationToken.None);

    /// <summary>The same of an action that has begun, and of which something else tells too: that the log does not answer does not undo it.</summary>
    public Task TryWriteAsync(HttpRequest request, string actor, string action, Error? refusal = null, string? detail = null) =>
        log.TryAddAsync(EntryOf(request, actor, action, refusal, detail));

    private AuditEntry EntryOf(HttpRequest request, string actor, string action, Error? refusal, string? detail) => new(
        clock.GetInstant(),
        actor,
        action,
        refusal?.Code ?? Done,
        detail,
        FailedAttempts.AddressOf(request.HttpContext),
        request.HttpContext.TraceIdentifier);
}
