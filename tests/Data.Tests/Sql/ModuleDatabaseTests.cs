using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Sql;

public sealed class ModuleDatabaseTests
{
    private const string Endless =
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT COUNT(*) FROM numbers";

    /// <summary>Far more than an interruption takes, also on a busy machine; what runs here would never end without one. `./soak cancel` measures.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_FromManyCallersAtOnce_LosesNothingAndNeverFailsOnTheLock(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);

        var writes = Enumerable.Range(1, 500).Select(id => InsertAsync(place.Trading, id));
        var reads = Enumerable.Range(1, 100).Select(_ => CountAsync(place));
        await Task.WhenAll(Task.WhenAll(writes), Task.WhenAll(reads));

        Assert.Equal(500, await CountAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task InTransactionAsync_ABodyThatFailsHalfWay_IsRolledBackWhole(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);

        await Assert.ThrowsAsync<InvalidOperationException>(() => place.Trading.InTransactionAsync<int>(
            async () =>
            {
                await InsertAsync(place.Trading, 1);
                Assert.Equal(1, await CountAsync(place));
                throw new InvalidOperationException("half way");
            },
            CancellationToken.None));

        Assert.Equal(0, await CountAsync(place));
        Assert.Equal(1, await InsertAsync(place.Trading, 2));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task InTransactionAsync_ABodyThatGoesOnElsewhere_IsOneTransaction_InItsCallersContext(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        await place.Worktime.PrepareAsync(CancellationToken.None);
        var callers = new AsyncLocal<string> { Value = "of the caller" };

        await Assert.ThrowsAsync<InvalidOperationException>(() => place.Trading.InTransactionAsync<int>(
            async () =>
            {
                await InsertAsync(place.Trading, 1);
                await Task.Yield();
                await InsertAsync(place.Trading, 2);
                await Task.Run(() => InsertAsync(place.Trading, 3)).ConfigureAwait(false);
                await place.Worktime.InTransactionAsync(() => InsertAsync(place.Trading, 4), CancellationToken.None);
                Assert.Equal((4, "of the caller"), (await CountAsync(place), callers.Value));
                throw new InvalidOperationException("at the end");
            },
            CancellationToken.None));

        Assert.Equal(0, await CountAsync(place));
        Assert.Equal(1, await InsertAsync(place.Trading, 5));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task InTransactionAsync_InsideAnother_IsPartOfIt(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);

        await Assert.ThrowsAsync<StorageConstraintException>(() => place.Trading.InTransactionAsync(
            async () =>
            {
                await place.Trading.InTransactionAsync(() => InsertAsync(place.Trading, 1), CancellationToken.None);
                return await InsertAsync(place.Trading, 1);
            },
            CancellationToken.None));

        Assert.Equal(0, await CountAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task InTransactionAsync_OfManyCallersAtOnce_AreEachWhole(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);

        await Task.WhenAll(Enumerable.Range(1, 50).Select(id => place.Trading.InTransactionAsync(
            async () =>
            {
                await InsertAsync(place.Trading, id);
                return await InsertAsync(place.Trading, id + 1000);
            },
            CancellationToken.None)));

        Assert.Equal(100, await CountAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AStatement_ThatWasPlannedOftenEnough_IsPlannedAnewWhenItsTableChanges(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        await AskOftenAsync();

        foreach (var change in new[]
        {
            "ALTER TABLE items ADD COLUMN added TEXT", "CREATE INDEX idx_items_name ON items (name)", "DROP INDEX idx_items_name", "DROP TABLE parts", "DROP TABLE items",
            "CREATE TABLE items (name TEXT NOT NULL, kind TEXT NOT NULL, id BIGINT NOT NULL PRIMARY KEY)",
        })
        {
            await place.Trading.ExecuteAsync(change, null, CancellationToken.None);
        }

        await AskOftenAsync();

        async Task AskOftenAsync()
        {
            for (var id = 1; id <= 20; id++)
            {
                await InsertAsync(place.Trading, id);
                Assert.Equal(id, await CountAsync(place));
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AConstraint_ThatIsBroken_IsNamedAlikeOnBothDatabases(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        await InsertAsync(place.Trading, 1);

        Assert.Equal(new BrokenConstraint(ConstraintKind.Unique, "items(id)"), await BreakAsync("INSERT INTO items (id, name, kind) VALUES (1, 'x', 'a')"));
        Assert.Equal(
            new BrokenConstraint(ConstraintKind.Unique, "items(name, kind)"), await BreakAsync("INSERT INTO items (id, name, kind) VALUES (2, 'item 1', 'a')"));
        Assert.Equal(new BrokenConstraint(ConstraintKind.NotNull, "items(name)"), await BreakAsync("INSERT INTO items (id, kind) VALUES (2, 'a')"));
        Assert.Equal(new BrokenConstraint(ConstraintKind.Check, "ck_kind"), await BreakAsync("INSERT INTO items (id, name, kind) VALUES (2, 'x', 'z')"));
        Assert.Equal(ConstraintKind.ForeignKey, (await BreakAsync("INSERT INTO parts (item_id) VALUES (7)")).Kind);

        async Task<BrokenConstraint> BreakAsync(string sql) =>
            (await Assert.ThrowsAsync<StorageConstraintException>(() => place.Trading.ExecuteAsync(sql, null, CancellationToken.None))).Constraint;
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AFailure_IsLoggedOnceWithItsOperation(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var log = new CapturedLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        await using var database = new TradingDatabase(place.Options, loggers.CreateLogger<TradingDatabase>());

        var exception = await Assert.ThrowsAsync<StorageException>(
            () => database.InTransactionAsync(() => database.ExecuteAsync("INSERT INTO nowhere VALUES (1)", null, CancellationToken.None), CancellationToken.None));

        Assert.Equal(nameof(AFailure_IsLoggedOnceWithItsOperation), exception.Operation);
        Assert.Single(log.Lines);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task QueryAsync_Cancelled_EndsAtOnceAndLeavesTheDatabaseUsable(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);

        await AssertCancelledAtOnceAsync(token => place.Trading.QueryAsync<long>(Endless, null, token));

        Assert.Equal(0, await CountAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_Cancelled_IsRolledBackAndTheNextWriteRuns(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);

        await AssertCancelledAtOnceAsync(token => place.Trading.InTransactionAsync(
            async () =>
            {
                await InsertAsync(place.Trading, 1);
                return await place.Trading.ExecuteReturningAsync<long>(Endless, null, token);
            },
            token));

        Assert.Equal(1, await InsertAsync(place.Trading, 2));
        Assert.Equal(["item 2"], await place.QueryAsync<string>("SELECT name FROM items"));
    }

    [Fact]
    public async Task ExecuteAsync_CancelledWhileAnotherProcessHoldsTheLock_EndsAtOnce_AlsoBehindOneThatWaits()
    {
        await using var place = await CreateAsync(DatabaseProvider.Sqlite);
        var holder = place.OpenAnother();
        var release = new TaskCompletionSource();
        var locked = new TaskCompletionSource();
        var holding = holder.InTransactionAsync(
            async () =>
            {
                await InsertAsync(holder, 1);
                locked.SetResult();
                await release.Task;
                return true;
            },
            CancellationToken.None);
        await locked.Task;

        var patient = InsertAsync(place.Trading, 2);
        await AssertCancelledAtOnceAsync(token => place.Trading.ExecuteAsync(
            "INSERT INTO items (id, name, kind) VALUES (3, 'never', 'a')", null, token));
        release.SetResult();

        Assert.True(await holding);
        Assert.Equal(1, await patient);
        Assert.Equal([1L, 2L], await place.QueryAsync<long>("SELECT id FROM items ORDER BY id"));
    }

    [Fact]
    public async Task DisposeAsync_WritesThatWait_AreFinishedFirst()
    {
        await using var place = await CreateAsync(DatabaseProvider.Sqlite);
        var another = place.OpenAnother();
        var writes = Enumerable.Range(1, 200).Select(id => InsertAsync(another, id)).ToList();

        await another.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), touched => Assert.Equal(1, touched));
    }

    [Fact]
    public async Task AFile_ThatIsNoDatabase_OrFull_OrReadOnly_IsAStorageException()
    {
        await using var place = await Databases.CreateAsync(DatabaseProvider.Sqlite);
        await File.WriteAllTextAsync(place.Folder.File("trading.db"), new string('x', 5000));
        Assert.Equal("trading", (await Assert.ThrowsAsync<StorageException>(() => place.Trading.PrepareAsync(CancellationToken.None))).Module);

        await using var full = await CreateAsync(DatabaseProvider.Sqlite);
        await Assert.ThrowsAsync<StorageException>(() => full.Trading.InTransactionAsync(
            async () =>
            {
                await full.Trading.ExecuteAsync("PRAGMA max_page_count = 20", null, CancellationToken.None);
                return await full.Trading.ExecuteAsync(
                    "INSERT INTO items (id, name, kind) VALUES (1, @Name, 'a')", new { Name = new string('x', 1_000_000) }, CancellationToken.None);
            },
            CancellationToken.None));
        Assert.Equal(0, await CountAsync(full));

        await Assert.ThrowsAsync<StorageException>(() => full.Trading.InTransactionAsync(
            async () =>
            {
                await full.Trading.ExecuteAsync("PRAGMA query_only = ON", null, CancellationToken.None);
                return await InsertAsync(full.Trading, 1);
            },
            CancellationToken.None));
    }

    [Fact]
    public async Task AFolder_ThatCannotBeMade_IsAStorageException()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("file"), "in the way");
        await using var nowhere = new TradingDatabase(
            new DatabaseOptions(DatabaseProvider.Sqlite, folder.File("file/below")), LoggerFactory.Create(_ => { }).CreateLogger<TradingDatabase>());

        await Assert.ThrowsAsync<StorageException>(() => nowhere.PrepareAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AServer_ThatIsNotThere_IsAStorageException()
    {
        await using var nowhere = new TradingDatabase(
            new DatabaseOptions(DatabaseProvider.Postgres, ".", "Host=127.0.0.1;Port=9;Username=x;Database=x;Timeout=2"),
            LoggerFactory.Create(_ => { }).CreateLogger<TradingDatabase>());

        await Assert.ThrowsAnyAsync<StorageException>(() => nowhere.PrepareAsync(CancellationToken.None));
    }

    private static async Task<TestPlace> CreateAsync(DatabaseProvider provider)
    {
        var place = await Databases.CreateAsync(provider);
        await place.Trading.PrepareAsync(CancellationToken.None);
        await place.Trading.ExecuteAsync(
            """
            CREATE TABLE items (
                id BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                kind TEXT NOT NULL CONSTRAINT ck_kind CHECK (kind IN ('a', 'b')),
                CONSTRAINT uq_items UNIQUE (name, kind));
            CREATE TABLE parts (item_id BIGINT NOT NULL REFERENCES items (id));
            """,
            null,
            CancellationToken.None);
        return place;
    }

    private static async Task AssertCancelledAtOnceAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work(cancellation.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, AtOnce);
    }

    private static Task<int> InsertAsync(TradingDatabase database, int id) => database.ExecuteAsync(
        "INSERT INTO items (id, name, kind) VALUES (@Id, @Name, 'a')", new { Id = id, Name = $"item {id}" }, CancellationToken.None);

    private static Task<long> CountAsync(TestPlace place) => place.Trading.FindAsync<long>("SELECT COUNT(*) FROM items", null, CancellationToken.None);
}
