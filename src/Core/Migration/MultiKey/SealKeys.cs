using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>
/// Ends keys whose last values an operation needs, while others may still write them (rule M10). A key's value is stored in the intent first, and the key is emptied only
/// if it still has that value; otherwise both steps are made again. The intent is replaced by its version, so that an instance that is late cannot put an older value in
/// the place of the one that was sealed.
/// </summary>
public sealed class SealKeys(WriteKey writeKey, ReadKey readKey, Intents intents, TimeProvider clock)
{
    /// <summary>A value that is not the one that is known; what the key has is stored first.</summary>
    private static readonly Error ValueNotKnown = new(ErrorKind.Stale, "LAST_VALUE_NOT_KNOWN", "The key has another value than the one that is stored.");

    /// <summary>The intent with its decision, all keys sealed; null when it is done and gone.</summary>
    public async Task<Result<StoredIntent?>> ExecuteAsync(
        EntityGroup group, IMultiKeyOperation operation, StoredIntent stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(operation);
        for (StoredIntent? now = stored; now is not null; now = await intents.FindAsync(stored.Id, cancellationToken))
        {
            if (now.Intent.Decision is not null)
            {
                return now;
            }

            var step = await SealAsync(group, operation, now, cancellationToken);
            if (step.Error is not null || step.Value is not null)
            {
                return step;
            }
        }

        return (StoredIntent?)null;
    }

    /// <summary>One try; null when the intent has to be read again.</summary>
    private async Task<Result<StoredIntent?>> SealAsync(
        EntityGroup group, IMultiKeyOperation operation, StoredIntent stored, CancellationToken cancellationToken)
    {
        foreach (var name in operation.SealedKeysOf(stored.Intent.Arguments))
        {
            ReadOnlyMemory<byte>? seen = null;
            var written = await writeKey.ExecuteAsync(
                ManagedKey.Of(group, name),
                new WriteAttempt(stored.Id, clock).WhichMayHaveMade(name, stored.Intent.Versions[name] + 1),
                current =>
                {
                    seen = current;
                    return IsKnown(stored.Intent, name, current) ? KeyChange.Delete : ValueNotKnown;
                },
                cancellationToken);
            if (written.Error == ValueNotKnown)
            {
                await intents.TryReplaceAsync(stored, WithLastValue(stored.Intent, name, seen), cancellationToken);
                return (StoredIntent?)null;
            }

            if (written.Error is { } error)
            {
                return error;
            }
        }

        return await DecideAsync(group, operation, stored, cancellationToken);
    }

    /// <summary>The same for a decision that is stored before anything else is changed by it, since other instances might decide otherwise.</summary>
    private async Task<Result<StoredIntent?>> DecideAsync(
        EntityGroup group, IMultiKeyOperation operation, StoredIntent stored, CancellationToken cancellationToken)
    {
        var isSealed = operation.SealedKeysOf(stored.Intent.Arguments).ToHashSet(StringComparer.Ordinal);
        var values = new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal);
        foreach (var name in stored.Intent.Versions.Keys)
        {
            values[name] = isSealed.Contains(name)
                ? stored.Intent.LastValues.TryGetValue(name, out var last) ? last : (ReadOnlyMemory<byte>?)null
                : (await readKey.ExecuteAsync(ManagedKey.Of(group, name), cancellationToken)).Value;
        }

        var decided = operation.Decide(stored.Intent.Arguments, values);
        return decided.Error is { } refusal
            ? refusal
            : await intents.TryReplaceAsync(stored, stored.Intent with { Decision = decided.Value }, cancellationToken);
    }

    private static bool IsKnown(Intent intent, string name, ReadOnlyMemory<byte>? current) =>
        current is { } value ? intent.LastValues.TryGetValue(name, out var last) && value.Span.SequenceEqual(last) : !intent.LastValues.ContainsKey(name);

    private static Intent WithLastValue(Intent intent, string name, ReadOnlyMemory<byte>? value)
    {
        var values = new Dictionary<string, byte[]>(intent.LastValues, StringComparer.Ordinal);
        if (value is { } last)
        {
            values[name] = last.ToArray();
        }
        else
        {
            values.Remove(name);
        }

        return intent with { LastValues = values };
    }
}
