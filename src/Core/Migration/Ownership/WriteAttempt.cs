using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>One operation's tries: how long they may go on, and whether one of them may have been done without its answer arriving.</summary>
internal sealed class WriteAttempt(OperationId operation, TimeProvider clock)
{
    /// <summary>How long an operation may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly long begun = clock.GetTimestamp();
    private long? uncertainVersion;
    private long tried;
    private int failures;
    private Exception? lastFailure;

    public OperationId Operation => operation;

    /// <summary>Notes which version the next write would make.</summary>
    public void Try(KeyState next) => tried = next.Version;

    /// <summary>Notes that a store did not answer: the version that was tried last may be there.</summary>
    public void Fail(Exception failure)
    {
        failures++;
        lastFailure = failure;
        uncertainVersion ??= tried;
    }

    /// <summary>
    /// Whether an earlier try may have been done and forgotten since, because so many others came after it. It must not be done again then.
    /// </summary>
    public bool MayBeForgotten(KeyState state) => uncertainVersion is { } version && state.Version - version >= OperationIds.Most;

    /// <summary>Whether there is time for another try; waits a little when stores fail.</summary>
    public async Task<bool> MayGoOnAsync(CancellationToken cancellationToken)
    {
        var pause = failures == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(10 * Math.Pow(2, Math.Min(failures, 10)));
        pause = pause < LongestPause ? pause : LongestPause;
        if (clock.GetElapsedTime(begun) + pause >= Deadline)
        {
            return false;
        }

        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, clock, cancellationToken);
        }

        return true;
    }

    /// <summary>What the caller is told when the tries are over.</summary>
    public Error NotAcknowledged()
    {
        var cause = lastFailure switch
        {
            KeyValueException => "the key-value store did not answer",
            StorageException => "the database did not answer",
            _ => "too many others changed the same record",
        };
        return Refuse($"The change was not acknowledged: {cause}. It may have been stored; sent again under the same Idempotency-Key it is not done twice.");
    }

    public static Error OutcomeUnknown() => Refuse("Whether the change was stored can no longer be told. Read the record before sending it again.");

    private static Error Refuse(string detail) => new(ErrorKind.Unavailable, "WRITE_NOT_ACKNOWLEDGED", detail) { RetryAfter = TimeSpan.FromSeconds(5) };
}
