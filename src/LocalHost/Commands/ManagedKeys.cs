using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.LocalHost.Commands;

/// <summary>
/// The key-value store as the <c>kv</c> commands have it: keys that move are written through the engine, what it keeps beside them is not shown, and its own keys
/// are not to be touched (rule M38).
/// </summary>
internal sealed class ManagedKeys(
    IKeyValueStore store, MigrationOperations operations, StageDocuments documents, WriteKey write, Func<Task> prepare, bool bringsKeys) : IKeyValueStore, IDisposable
{
    private const string EnginePrefix = "~";

    private readonly Dictionary<string, StageDocument?> stages = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1);

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellationToken) =>
        await GetWithMetadataAsync(key, cancellationToken) is { } entry ? entry.Value : (ReadOnlyMemory<byte>?)null;

    public async Task<KeyValueEntry?> GetWithMetadataAsync(string key, CancellationToken cancellationToken) =>
        Show(await store.GetWithMetadataAsync(key, cancellationToken));

    public async Task<IReadOnlyDictionary<string, KeyValueEntry?>> GetManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        (await store.GetManyAsync(keys, cancellationToken)).ToDictionary(entry => entry.Key, entry => Show(entry.Value), StringComparer.Ordinal);

    public async Task<KeyPage> ListAsync(KeyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var page = await store.ListAsync(query, cancellationToken);
        var showsEngine = query.Prefix.StartsWith(EnginePrefix, StringComparison.Ordinal);
        return page with { Keys = [.. page.Keys.Where(key => showsEngine || !IsEngines(key.Name)).Select(Show).OfType<ListedKey>()] };
    }

    public async Task PutAsync(string key, ReadOnlyMemory<byte> value, PutOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var now = TimeProvider.System.GetInstant();
        ThrowIf(KeyValueRules.FindProblem(key) ?? KeyValueRules.FindProblem(value) ?? KeyValueRules.FindProblem(options, now));
        ThrowIfEngines(key);
        if (Find(key) is not { } group)
        {
            await store.PutAsync(key, value, options, cancellationToken);
            return;
        }

        // An export of a group has what the engine keeps beside its keys.
        var head = KeyHead.Read(options.Metadata);
        if (head is { DeletedAt: not null })
        {
            return;
        }

        var end = options.Expiration ?? (options.TimeToLive is { } life ? now + life : null);
        end = head?.ExpiresAt is { } seconds ? Instant.FromUnixTimeSeconds(seconds) : end;
        if (await IsManagedAsync(group, key, cancellationToken))
        {
            await WriteAsync(group, key, KeyChange.Put(value, end?.ToUnixTimeSeconds()), cancellationToken);
        }
        else
        {
            await store.PutAsync(key, value, head is null ? options : new PutOptions(Expiration: end), cancellationToken);
        }
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        ThrowIfEngines(key);
        if (Find(key) is { } group && await IsManagedAsync(group, key, cancellationToken))
        {
            await WriteAsync(group, key, KeyChange.Delete, cancellationToken);
        }
        else
        {
            await store.DeleteAsync(key, cancellationToken);
        }
    }

    public void Dispose() => gate.Dispose();

    private static bool IsEngines(string key) => key.StartsWith(EnginePrefix, StringComparison.Ordinal);

    private static void ThrowIfEngines(string key) => ThrowIf(
        IsEngines(key) ? new Error(ErrorKind.Conflict, "KEY_OF_THE_ENGINE", $"'{key}' is a key of the migration engine, which nobody else writes.") : null);

    private static void ThrowIf(Error? problem)
    {
        if (problem is not null)
        {
            throw new KeyValueRefusedException(problem);
        }
    }

    private static KeyValueEntry? Show(KeyValueEntry? entry) =>
        entry is null || KeyHead.Read(entry.Metadata) is not { } head ? entry
            : head.HasValueAt(TimeProvider.System.GetInstant()) ? new(entry.Value, Metadata: null, EndOf(head))
            : null;

    private static ListedKey? Show(ListedKey key) =>
        KeyHead.Read(key.Metadata) is not { } head ? key
            : head.HasValueAt(TimeProvider.System.GetInstant()) ? new(key.Name, EndOf(head), Metadata: null)
            : null;

    private static Instant? EndOf(KeyState head) => head.ExpiresAt is { } seconds ? Instant.FromUnixTimeSeconds(seconds) : null;

    private OperatedGroup? Find(string key) => operations.Groups.FirstOrDefault(group => group.Group.FindEntity(key) is not null);

    /// <summary>Whether the engine has a group's keys already; before its stage is chosen they are the store's alone.</summary>
    private async Task<bool> IsManagedAsync(OperatedGroup group, string key, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!stages.TryGetValue(group.Name, out var stage))
            {
                await prepare();
                stage = await documents.FindAsync(group.Group, cancellationToken);
                stage = stage is { IsSqlOnly: true } ? await LeaveSqlAsync(group, key, stage, cancellationToken) : stage;
                stages[group.Name] = stage;
            }

            return stage is not null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A group that began with nothing, and still has nothing, begins again where the keys are.</summary>
    private async Task<StageDocument?> LeaveSqlAsync(OperatedGroup group, string key, StageDocument stage, CancellationToken cancellationToken)
    {
        var isEmpty = bringsKeys && (await group.Group.Sql.CountAsync(cancellationToken)).Known == 0 && await group.Tables.AreEmptyAsync(cancellationToken);
        if (!isEmpty)
        {
            throw new KeyValueRefusedException(new Error(
                ErrorKind.Conflict,
                "KEY_IN_SQL",
                $"'{key}' is a record of '{group.Name}', which SQL alone has: what stands in the key-value store is not read. 'migration rollback {group.Name}' goes back."));
        }

        await documents.TryChangeAsync(
            group.Group, stage, document => document with { Stage = Stage.Kv }, $"{Environment.UserName} (kv import)", "Keys were imported while SQL had nothing.", cancellationToken);
        return null;
    }

    private async Task WriteAsync(OperatedGroup group, string key, KeyChange change, CancellationToken cancellationToken)
    {
        var written = await write.ExecuteAsync(ManagedKey.Of(group.Group, key), OperationId.New(), _ => change, cancellationToken);
        if (written.Error is { } refusal)
        {
            throw new InvalidDataException(refusal.Detail);
        }
    }
}
