using System.Text;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What the SQL side of a group promises, on both databases.</summary>
public sealed class SyncStoreTests
{
    private const string Key = "watchlist:123";

    private static readonly ManualClock Clock = new("2026-11-20T12:31:00Z");

    private static readonly KeyState First = KeyState.Unknown with { Version = 1, DeletedAt = null };

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AKeyThatNobodyWrote_IsUnknown_AlsoAfterItWasLocked(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);

        var locked = await group.Sql.InTransactionAsync(transaction => transaction.LockAsync([Key]), CancellationToken.None);

        Assert.Equal(SyncState.Unknown, locked[Key]);
        Assert.Equal(SyncState.Unknown, await group.Sql.ReadStateAsync(Key, CancellationToken.None));
        Assert.Equal(new(SyncState.Unknown, null), await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None));
        Assert.Empty(await group.Sql.ListAsync(string.Empty, null, 10, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhatWasSaved_IsReadAgain_WithEveryPartOfItsState(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        var state = new KeyState(3, 1L << 40, DeletedAt: null, ExpiresAt: 4_000_000_000, OperationIds.None.With(OperationId.Of("a")).With(OperationId.Of("b")));

        await SaveAsync(group, Put(group, Key, """[ "spy", "BRK.B" ]""", state, mirrored: 7));

        var read = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);
        Assert.Equal("""["SPY","BRK.B"]""", TextOf(read.Value));
        Assert.Equal(new(state, 7, SyncState.HashOf(read.Value), Error: null), read.Sync);
        Assert.Equal(read.Sync, await group.Sql.ReadStateAsync(Key, CancellationToken.None));
        Assert.Equal([new(Key, read.Sync)], await group.Sql.ListAsync("watchlist:", null, 10, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AValueWithoutRows_IsAValue_AndADeletedKeyIsNone(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);

        await SaveAsync(group, Put(group, Key, "[]", First));
        var empty = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);
        await SaveAsync(group, Put(group, Key, """["SPY"]""", First with { Version = 2 }));
        await SaveAsync(group, Put(group, Key, string.Empty, First with { Version = 3, DeletedAt = 1_795_000_000 }));
        var deleted = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);

        Assert.Equal("[]", TextOf(empty.Value));
        Assert.Equal((null, 1_795_000_000L, 3L), (TextOf(deleted.Rows), deleted.Sync.State.DeletedAt, deleted.Sync.State.Version));
        Assert.Equal([0L], await place.Signals.QueryAsync<long>("SELECT COUNT(*) FROM watchlists", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ATransactionThatFails_LeavesNothing(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);

        await Assert.ThrowsAsync<InvalidOperationException>(() => group.Sql.InTransactionAsync<bool>(
            async transaction =>
            {
                await transaction.LockAsync([Key]);
                await transaction.SaveAsync([Put(group, Key, """["SPY"]""", First)]);
                Assert.Equal("""["SPY"]""", TextOf(await transaction.LoadAsync(group.EntityOf(Key), Key)));
                throw new InvalidOperationException("half way");
            },
            CancellationToken.None));

        Assert.Equal(new(SyncState.Unknown, null), await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None));
        Assert.Equal([0L], await place.Signals.QueryAsync<long>("SELECT COUNT(*) FROM users", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhoLocksAKey_WaitsForWhoHasIt_AndSeesWhatThatWrote(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        var isLocked = new TaskCompletionSource();
        var mayGoOn = new TaskCompletionSource();

        var first = group.Sql.InTransactionAsync(
            async transaction =>
            {
                await transaction.LockAsync([Key]);
                isLocked.SetResult();
                await mayGoOn.Task;
                await transaction.SaveAsync([Put(group, Key, """["SPY"]""", First)]);
                return true;
            },
            CancellationToken.None);
        await isLocked.Task;
        var second = group.Sql.InTransactionAsync(transaction => transaction.LockAsync([Key, "watchlist:9"]), CancellationToken.None);
        var outside = await group.Sql.ReadStateAsync(Key, CancellationToken.None);
        Assert.False(second.IsCompleted);
        mayGoOn.SetResult();
        await first;

        Assert.Equal(SyncState.Unknown, outside);
        Assert.Equal(First, (await second)[Key].State);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ManyWritersOfOneKey_LoseNoneOfTheirChanges(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => group.Sql.InTransactionAsync(
            async transaction =>
            {
                var state = (await transaction.LockAsync([Key, "watchlist:other"]))[Key].State;
                var before = TextOf(await transaction.LoadAsync(group.EntityOf(Key), Key)) ?? "[]";
                var value = before == "[]" ? $"[\"T{number}\"]" : before.Replace("]", $",\"T{number}\"]", StringComparison.Ordinal);
                await transaction.SaveAsync([Put(group, Key, value, state with { Version = state.Version + 1, DeletedAt = null })]);
                return true;
            },
            CancellationToken.None)));

        var read = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);
        Assert.Equal(40, read.Sync.State.Version);
        Assert.Equal(
            Enumerable.Range(0, 40).Select(number => $"T{number}").Order(StringComparer.Ordinal),
            ((IEntity<IReadOnlyList<string>>)group.EntityOf(Key)).Parse(Key, read.Value!.Value).Value!.Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AReader_NeverSeesAStateWithRowsOfAnother(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        await SaveAsync(group, Put(group, Key, "[]", First));
        using var ended = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(async _ =>
        {
            var count = 0;
            for (; !ended.IsCancellationRequested; count++)
            {
                var read = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);
                Assert.Equal(read.Sync.Hash, SyncState.HashOf(read.Value));
            }

            return count;
        }).ToList();
        for (var version = 2; version < 100; version++)
        {
            var tickers = Enumerable.Range(0, version % 7).Select(number => $"\"V{version}N{number}\"");
            await SaveAsync(group, Put(group, Key, $"[{string.Join(',', tickers)}]", First with { Version = version }));
        }

        await ended.CancelAsync();
        Assert.All(await Task.WhenAll(readers), count => Assert.InRange(count, 1, int.MaxValue));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ListAsync_HasTheKeysInTheOrderOfTheirBytes_PageByPage(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        string[] keys = ["watchlist:-1", "watchlist:1", "watchlist:10", "watchlist:2", "watchlist:Z", "watchlist:a", "watchlist:z", "watchlist:é", "watchlist:日", "watchlist:\uFF5E"];
        await SaveAsync(group, [.. keys.Reverse().Append("execution_history:1").Select(key => Put(group, key, "[]", First))]);

        var found = new List<string>();
        while (await group.Sql.ListAsync("watchlist:", found.LastOrDefault(), 3, CancellationToken.None) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(listed => listed.Key));
        }

        Assert.Equal(keys, found);
        Assert.Equal(["watchlist:1", "watchlist:10"], (await group.Sql.ListAsync("watchlist:1", null, 9, CancellationToken.None)).Select(listed => listed.Key));
        Assert.Equal("execution_history:1", (await group.Sql.ListAsync(string.Empty, null, 1, CancellationToken.None)).Single().Key);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task TheLongestKey_IsStoredAndFound(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        var longest = new LongKeys();
        var store = new SqlSyncStore(place.Signals, "long", [longest], Clock);
        var key = new string('\u00e9', 256);

        await store.InTransactionAsync(
            async transaction =>
            {
                await transaction.LockAsync([key]);
                await transaction.SaveAsync([KeyWrite.Put(longest.Entity, key, First, 0, "x"u8.ToArray(), keepsText: false)]);
                return true;
            },
            CancellationToken.None);

        Assert.Equal(First, (await store.ReadStateAsync(key, CancellationToken.None)).State);
        Assert.Equal(key, (await store.ListAsync(key[..255], key[..255], 1, CancellationToken.None)).Single().Key);
        Assert.Empty(await group.Sql.ListAsync(string.Empty, null, 1, CancellationToken.None));
    }

    [Fact]
    public async Task AKeyThatWasNotLocked_IsNotWritten()
    {
        await using var place = await Databases.CreateSignalsAsync(DatabaseProvider.Sqlite);
        var group = SyncStores.Signals(place.Signals, Clock);

        await Assert.ThrowsAsync<InvalidOperationException>(() => group.Sql.InTransactionAsync(
            async transaction =>
            {
                await transaction.SaveAsync([Put(group, Key, "[]", First)]);
                return true;
            },
            CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AValueThatCannotBeRead_IsAnError_UntilAnotherCan(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);
        byte[] broken = [0x5B, 0xFF, 0x00];
        await SaveAsync(group, Put(group, Key, """["SPY"]""", First));

        await SaveAsync(group, KeyWrite.Put(group.EntityOf(Key), Key, First with { Version = 2 }, 0, broken, keepsText: false));
        var read = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);
        var error = (await place.Signals.QueryAsync<ErrorRow>(
            "SELECT reason AS Reason, raw AS Raw, first_seen AS FirstSeen FROM migration_errors", null, CancellationToken.None)).Single();
        await SaveAsync(group, Put(group, Key, """["AAPL"]""", First with { Version = 3 }));

        Assert.Equal((null, "The value is not UTF-8."), (TextOf(read.Rows), read.Sync.Error));
        Assert.Equal(SyncState.HashOf(broken), read.Sync.Hash);
        Assert.Equal(new("The value is not UTF-8.", "base64:W/8A", "2026-11-20T12:31:00.000Z"), error);
        Assert.Empty(await place.Signals.QueryAsync<string>("SELECT reason FROM migration_errors", null, CancellationToken.None));
        Assert.Equal("""["AAPL"]""", TextOf((await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None)).Value));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ElementsThatDoNotParse_AreInNoRow_AndComeBackInTheirPlaces(DatabaseProvider provider)
    {
        const string Value = """[{"a": [1, 2]},"SPY",null,"not-a-ticker","AAPL",5]""";
        await using var place = await Databases.CreateSignalsAsync(provider);
        var group = SyncStores.Signals(place.Signals, Clock);

        await SaveAsync(group, Put(group, Key, Value, First));
        var read = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);
        await SaveAsync(group, Put(group, Key, """["SPY"]""", First with { Version = 2 }));
        var clean = await group.Sql.ReadAsync(group.EntityOf(Key), Key, CancellationToken.None);

        Assert.Equal(Value, TextOf(read.Value));
        Assert.Equal(read.Sync.Hash, SyncState.HashOf(read.Value));
        Assert.Equal("""["SPY"]""", TextOf(clean.Value));
        Assert.Empty(await place.Signals.QueryAsync<string>("SELECT raw FROM kv_quarantine", null, CancellationToken.None));
    }

    private static KeyWrite Put(EntityGroup group, string key, string value, KeyState state, long mirrored = 0) =>
        KeyWrite.Put(group.EntityOf(key), key, state, mirrored, Encoding.UTF8.GetBytes(value), keepsText: false);

    private static Task<bool> SaveAsync(EntityGroup group, params KeyWrite[] writes) => group.Sql.InTransactionAsync(
        async transaction =>
        {
            await transaction.LockAsync([.. writes.Select(write => write.Key)]);
            await transaction.SaveAsync(writes);
            return true;
        },
        CancellationToken.None);

    private static string? TextOf(ReadOnlyMemory<byte>? value) => value is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private sealed record ErrorRow(string Reason, string Raw, string FirstSeen);

    /// <summary>Rows of keys that are as long as keys can be.</summary>
    private sealed class LongKeys : IEntityRows
    {
        public IEntity Entity { get; } = new LongEntity();

        public RowsReading Read(string key) => new([], _ => null);

        public Task SaveAsync(SqlSession session, IReadOnlyList<RowsWrite> writes, NodaTime.Instant now) => Task.CompletedTask;

        private sealed class LongEntity : IEntity
        {
            public string Name => "long";

            public string Prefix => string.Empty;

            public bool KeepsRows => false;

            public bool KeepsText => false;

            public bool Owns(string key) => true;

            public Conversion Convert(string key, ReadOnlyMemory<byte> value) => new(value, [], Error: null);
        }
    }
}
