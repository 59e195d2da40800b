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
    private readonly Dictionary<string, long> tried = new(capacity: 1, StringComparer.Ordinal);
    private readonly Dictionary<string, long> uncertain = new(capacity: 0, StringComparer.Ordinal);
    private int failures;
    private Exception? lastFailure;

    public OperationId Operation => operation;

    /// <summary>Notes which version of a key the next write would make.</summary>
    public void Try(string key, KeyState next) => tried[key] = next.Version;

    /// <summary>Notes that the operation may have made a version of a key already, here or elsewhere; the earliest counts.</summary>
    public WriteAttempt WhichMayHaveMade(string key, long version)
    {
        uncertain.TryAdd(key, version);
        return this;
    }

    /// <summary>
    /// Whether an earlier try may have been done and forgotten since, because so many others came after it. It must not be done again then.
    /// </summary>
    public bool MayBeForgotten(string key, KeyState state) =>
        uncertain.TryGetValue(key, out var version) && (state.Version - version >= OperationIds.Most || state.Version < version - 1);

    /// <summary>Tries until something came of it or the time is over.</summary>
    /// <param name="tryOnce">One try; null when it is to be made again.</param>
    /// <param name="cancellationToken">Ends the tries; the change may have been stored.</param>
    public async Task<Result<T>> RunAsync<T>(Func<CancellationToken, Task<Result<T>?>> tryOnce, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            do
            {
                if (await TryAsync(tryOnce, either.Token) is { } result)
                {
                    return result;
                }
            }
            while (await MayGoOnAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What takes longer than that is not waited for: others rely on it (rule M3).
        }

        return NotAcknowledged();
    }

    /// <summary>A try was made long ago, and too many other changes came since to tell whether it was stored.</summary>
    public static Error Uncertain() => new(
        ErrorKind.Conflict, "IDEMPOTENCY_UNCERTAIN", "Whether the change was stored can no longer be told. Read the record before sending it under a new key.");

    public static Error OutcomeUnknown() => Refuse("The change was stored, and its copy not yet. Send it again under the same key, or read the record first.");

    private async Task<Result<T>?> TryAsync<T>(Func<CancellationToken, Task<Result<T>?>> tryOnce, CancellationToken cancellationToken)
    {
        try
        {
            return await tryOnce(cancellationToken);
        }
        catch (Exception exception) when (exception is KeyValueException or (StorageException and not StorageConstraintException))
        {
            Fail(exception);
            return null;
        }
    }

    /// <summary>A store did not answer: the versions that were tried may be there.</summary>
    private void Fail(Exception failure)
    {
        failures++;
        lastFailure = failure;
        foreach (var (key, version) in tried)
        {
            WhichMayHaveMade(key, version);
        }
    }

    /// <summary>Whether there is time for another try; waits a little when stores fail.</summary>
    private async Task<bool> MayGoOnAsync(CancellationToken cancellationToken)
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
    private Error NotAcknowledged()
    {
        var cause = lastFailure switch
        {
            KeyValueException => "the key-value store did not answer",
            StorageException => "the database did not answer",
            _ => "too many others changed the same record",
        };
        return Refuse($"The change was not acknowledged: {cause}. It may have been stored; a request that has an Idempotency-Key is not done twice when it is sent again under it.");
    }

    private static Error Refuse(string detail) => new(ErrorKind.Unavailable, "WRITE_NOT_ACKNOWLEDGED", detail) { RetryAfter = TimeSpan.FromSeconds(5) };
}
