using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>A transaction on the keys of a group. It knows which of them it has locked, and what was in them before.</summary>
internal sealed class SqlSyncTransaction(
    SqlSyncStore store, ModuleDatabase database, string group, TimeProvider clock, CancellationToken cancellationToken) : ISyncTransaction
{
    private readonly Dictionary<string, SyncState> locked = new(StringComparer.Ordinal);
    private readonly HashSet<string> unwritten = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, SyncState>> LockAsync(IReadOnlyCollection<string> keys)
    {
        var missing = keys.Where(key => !locked.ContainsKey(key)).Distinct(StringComparer.Ordinal).OrderBy(KeyHex.Of, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            await RunAsync([.. missing.Select(Lock)]);
        }

        return keys.Distinct(StringComparer.Ordinal).ToDictionary(key => key, key => locked[key], StringComparer.Ordinal);
    }

    public Task<IReadOnlyList<KeyWrite>> AddAsync(IReadOnlyList<KeyWrite> writes) => database.WriteAsync<IReadOnlyList<KeyWrite>>(
        async session =>
        {
            await session.RunAsync(writes.OrderBy(write => KeyHex.Of(write.Key), StringComparer.Ordinal).Select(Add));
            List<KeyWrite> added = [.. writes.Where(write => locked.ContainsKey(write.Key))];
            await SaveRowsAsync(session, added, clock.GetInstant());
            return added;
        },
        cancellationToken);

    public async Task<ReadOnlyMemory<byte>?> LoadAsync(IEntity entity, string key) => (await store.ReadAsync(entity, key, cancellationToken)).Rows;

    public Task SaveAsync(IReadOnlyList<KeyWrite> writes)
    {
        if (writes.FirstOrDefault(write => !locked.ContainsKey(write.Key)) is { } stranger)
        {
            throw new InvalidOperationException($"'{stranger.Key}' was not locked in this transaction.");
        }

        return database.WriteAsync(async session => await SaveAsync(session, await PassPutAsideAsync(session, writes)), cancellationToken);
    }

    /// <summary>Leaves no trace of keys that were locked and not written.</summary>
    public Task ForgetUnwrittenAsync() =>
        unwritten.Count == 0 ? Task.CompletedTask : RunAsync([.. unwritten.Select(key => new SqlStatement(SyncRows.Forget, SyncRows.Key(group, key)))]);

    private SqlStatement Lock(string key) => new(SyncRows.Lock, SyncRows.Key(group, key), row =>
    {
        var state = SyncRows.Read(row);
        locked[key] = state;
        if (state == SyncState.Unknown)
        {
            unwritten.Add(key);
        }
    });

    private SqlStatement Add(KeyWrite write) => SyncRows.Insert(group, write, () => locked[write.Key] = SyncState.Unknown);

    private async Task<bool> SaveAsync(SqlSession session, IReadOnlyList<KeyWrite> writes)
    {
        var now = clock.GetInstant();
        var forgotten = writes.Where(write => write.Rows == RowChange.Forget).Select(write => new SqlStatement(SyncRows.Remove, SyncRows.Key(group, write.Key))).ToList();
        await session.RunAsync(forgotten);
        writes = forgotten.Count == 0 ? writes : [.. writes.Where(write => write.Rows != RowChange.Forget)];
        await session.RunAsync(writes.Select(StateOf));
        await SaveRowsAsync(session, writes, now);
        return true;
    }

    /// <summary>What belongs to keys whose states are written already.</summary>
    private async Task SaveRowsAsync(SqlSession session, IReadOnlyList<KeyWrite> writes, Instant now)
    {
        await session.RunAsync(writes.SelectMany(write => FaultRows.Change(group, write, locked[write.Key], now)));
        foreach (var some in writes.Where(write => write.Rows != RowChange.Keep).GroupBy(write => write.Entity.Name))
        {
            await store.RowsOf(some.First().Entity).SaveAsync(session, [.. some.Select(RowsOf)], now);
        }

        foreach (var write in writes)
        {
            locked[write.Key] = write.Sync;
            unwritten.Remove(write.Key);
        }
    }

    /// <summary>A value that an operator has put aside is no error when it comes again.</summary>
    private async Task<IReadOnlyList<KeyWrite>> PassPutAsideAsync(SqlSession session, IReadOnlyList<KeyWrite> writes)
    {
        var putAside = new HashSet<string>(StringComparer.Ordinal);
        var failed = writes.Where(write => write.Sync.Error is not null && write.Value is not null && locked[write.Key] is { Hash: not null, Error: null });
        await session.RunAsync(failed.Select(write => FaultRows.FindPutAside(group, write, () => putAside.Add(write.Key))));
        return putAside.Count == 0
            ? writes
            : [.. writes.Select(write => putAside.Contains(write.Key) ? KeyWrite.Keep(write.Entity, write.Key, write.Sync with { Error = null }) : write)];
    }

    private SqlStatement StateOf(KeyWrite write) => write.Rows == RowChange.Keep ? SyncRows.Update(group, write) : SyncRows.UpdateWithText(group, write);

    private static RowsWrite RowsOf(KeyWrite write) => new(write.Key, write.Value is { Error: null } value ? value : null);

    private Task<bool> RunAsync(IReadOnlyList<SqlStatement> statements) => database.WriteAsync(
        async session =>
        {
            await session.RunAsync(statements);
            return true;
        },
        cancellationToken);
}
