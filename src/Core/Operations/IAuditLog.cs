using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Operations;

/// <summary>Something that an operator did, or somebody's attempt to sign in (rule O2).</summary>
/// <param name="HappenedAt">When.</param>
/// <param name="Actor">Who: an address, <c>operator</c>, the name of an API key, or <c>unknown</c>.</param>
/// <param name="Action">What, such as <c>sign-in</c>; stable.</param>
/// <param name="Outcome"><c>done</c>, or the code of the refusal.</param>
/// <param name="Detail">On what, such as the timer that was run. Never a secret.</param>
/// <param name="RemoteAddress">Where the request came from.</param>
/// <param name="RequestId">The request's id, as the log has it.</param>
public sealed record AuditEntry(
    Instant HappenedAt, string Actor, string Action, string Outcome, string? Detail, string? RemoteAddress, string? RequestId);

/// <summary>The record of what operators did and who signed in.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry.</summary>
    /// <exception cref="StorageException">The log does not answer.</exception>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Adds the entry of something that was done already, and that another record has too; a log that does not answer is passed over.</summary>
    async Task TryAddAsync(AuditEntry entry)
    {
        try
        {
            await AddAsync(entry, CancellationToken.None);
        }
        catch (StorageException)
        {
            // Logged where it happened.
        }
    }
}
