using System.Collections.Concurrent;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>Finishes the operations on several keys that somebody began and did not end (rule M10).</summary>
public sealed class ReplayIntents(Intents intents, CarryOutIntent carryOut, IStages stages, IEnumerable<EntityGroup> groups, TimeProvider clock)
{
    /// <summary>After this long, whoever began an operation has given it up.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, EntityGroup> groups = groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<OperationId, long> firstSeen = [];

    /// <summary>Finishes the operations of groups that are in the key-value store.</summary>
    /// <param name="age">How long an operation has to be there: by its own date, or by this instance's clock.</param>
    /// <param name="cancellationToken">Ends it; what is left is found the next time.</param>
    /// <returns>Those that could not be finished, and why.</returns>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<IReadOnlyList<UnfinishedIntent>> ExecuteAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var unfinished = new List<UnfinishedIntent>();
        if (!await IsNeededAsync(cancellationToken))
        {
            return unfinished;
        }

        var listed = new HashSet<OperationId>();
        await foreach (var stored in intents.ListAsync(cancellationToken))
        {
            listed.Add(stored.Id);
            if (await FindReasonAsync(stored, age, cancellationToken) is { } reason)
            {
                unfinished.Add(new(stored, reason));
            }
        }

        foreach (var gone in firstSeen.Keys.Where(id => !listed.Contains(id)))
        {
            firstSeen.TryRemove(gone, out _);
        }

        return unfinished;
    }

    /// <summary>Where SQL alone has every group, nobody begins such operations, and the key-value store is not asked.</summary>
    private async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        foreach (var group in groups.Keys)
        {
            if (!(await stages.GetAsync(group, cancellationToken)).IsSqlOnly)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why an operation is not finished; null when it is.</summary>
    private async Task<string?> FindReasonAsync(StoredIntent stored, TimeSpan age, CancellationToken cancellationToken)
    {
        if (!groups.TryGetValue(stored.Intent.Group, out var group))
        {
            return $"There is no group '{stored.Intent.Group}' here.";
        }

        if ((await stages.GetAsync(group.Name, cancellationToken)).IsSqlOnly)
        {
            return "Its group has left the key-value store.";
        }

        if (!IsOlderThan(age, stored))
        {
            return "It was begun just now.";
        }

        try
        {
            return (await carryOut.ExecuteAsync(group, stored, isFirst: false, cancellationToken)).Error?.Detail;
        }
        catch (StorageConstraintException exception)
        {
            return exception.Message;
        }
    }

    private bool IsOlderThan(TimeSpan age, StoredIntent stored)
    {
        var seen = firstSeen.GetOrAdd(stored.Id, _ => clock.GetTimestamp());
        var begun = Clock.IsoPattern.Parse(stored.Intent.BegunAt);
        return clock.GetElapsedTime(seen) >= age || (begun.Success && (clock.GetInstant() - begun.Value).ToTimeSpan() >= age);
    }
}

/// <summary>An operation that could not be finished.</summary>
/// <param name="Stored">The operation.</param>
/// <param name="Reason">Why.</param>
public sealed record UnfinishedIntent(StoredIntent Stored, string Reason)
{
    /// <inheritdoc />
    public override string ToString() => $"The operation '{Stored.Intent.Operation}' in '{Intents.Prefix}{Stored.Id}', begun {Stored.Intent.BegunAt}, is not finished: {Reason}";
}
