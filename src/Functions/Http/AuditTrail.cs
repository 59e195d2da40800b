using System.Text;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Writes what a request did into the audit log, with where it came from.</summary>
public sealed class AuditTrail(IAuditLog log, ClientAddresses addresses, TimeProvider clock)
{
    private const string Done = "done";

    private const string Stranger = "unknown";

    private const int LongestDetail = 200;

    private readonly RefusalsOfStrangers refusals = new(clock);

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

    /// <summary>Writes that somebody who proved nothing was refused: once for each address and action in five minutes, so that nobody can fill the log.</summary>
    public Task WriteRefusedAsync(HttpRequest request, string action, Error refusal, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(refusal);
        return refusals.TryTake(addresses.FindKey(request.HttpContext), action)
            ? WriteAsync(request, Stranger, action, refusal, detail)
            : Task.CompletedTask;
    }

    private AuditEntry EntryOf(HttpRequest request, string actor, string action, Error? refusal, string? detail) => new(
        clock.GetInstant(),
        actor,
        action,
        refusal?.Code ?? Done,
        Cut(detail),
        addresses.Find(request.HttpContext)?.ToString(),
        request.HttpContext.TraceIdentifier);

    /// <summary>As much of a text from outside as a reader wants to see, without what databases refuse.</summary>
    private static string? Cut(string? detail) => detail is null
        ? null
        : string.Concat(detail.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(LongestDetail));
}
