using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Sql;

public sealed class ModuleDatabaseTests : IAsyncLifetime
{
    private const string Endless =
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT COUNT(*) FROM numbers";

    private readonly TempFolder folder = new();
    private readonly CapturedLog log = new();
    private TradingDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = Open(folder.Path);
        await database.PrepareAsync(CancellationToken.None);
        await database.ExecuteAsync("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)", null, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task ExecuteAsync_FromManyCallersAtOnce_LosesNothingAndNeverFailsOnTheLock()
    {
        var writes = Enumerable.Range(1, 500).Select(id => InsertAsync(id));
        var reads = Enumerable.Range(1, 100).Select(_ => CountAsync());
        await Task.WhenAll(Task.WhenAll(writes), Task.WhenAll(reads));

        Assert.Equal(500, await CountAsync());
    }

    [Fact]
    public async Task WriteAsync_WorkThatFailsHalfWay_IsRolledBackWhole()
    {
        await InsertAsync(1);

        var write = database.WriteAsync(
            (connection, transaction) =>
            {
                connection.Execute("INSERT INTO items (id, name) VALUES (2, 'item 2')", transaction: transaction);
                return connection.Execute("INSERT INTO items (id, name) VALUES (3, 'item 1')", transaction: transaction);
            },
            CancellationToken.None);

        var exception = await Assert.ThrowsAsync<StorageException>(() => write);
        Assert.Equal(nameof(WriteAsync_WorkThatFailsHalfWay_IsRolledBackWhole), exception.Operation);
        Assert.Equal(1, await CountAsync());
        Assert.Single(log.Lines, line => line.Contains("UNIQUE constraint failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task QueryAsync_Cancelled_EndsAtOnceAndLeavesTheConnectionUsable()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.QueryAsync<long>(Endless, null, cancellation.Token));

        // The query alone would never end; the bound only has to tell "interrupted" from "left running".
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task WriteAsync_Cancelled_IsRolledBackAndTheNextWriteRuns()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var endless = database.WriteAsync(
            (connection, transaction) =>
            {
                connection.Execute("INSERT INTO items (id, name) VALUES (1, 'never')", transaction: transaction);
                return connection.QuerySingle<long>(Endless, transaction: transaction);
            },
            cancellation.Token);
        var next = InsertAsync(2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal(1, await next);
        Assert.Equal(["item 2"], await database.QueryAsync<string>("SELECT name FROM items", null, CancellationToken.None));
    }

    [Fact]
    public async Task DisposeAsync_WritesThatWait_AreFinishedFirst()
    {
        var writes = Enumerable.Range(1, 200).Select(InsertAsync).ToList();

        await database.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), touched => Assert.Equal(1, touched));
    }

    [Fact]
    public async Task Open_AFileThatIsNoDatabase_IsAStorageExceptionAndSaysWhichOperation()
    {
        using var other = new TempFolder();
        await File.WriteAllTextAsync(other.File("trading.db"), new string('x', 5000));
        await using var broken = Open(other.Path);

        var exception = await Assert.ThrowsAsync<StorageException>(() => broken.PrepareAsync(CancellationToken.None));

        Assert.Equal("trading", exception.Module);
    }

    [Fact]
    public async Task Open_AFolderThatCannotBeMade_IsAStorageException()
    {
        await File.WriteAllTextAsync(folder.File("file"), "in the way");
        await using var nowhere = Open(folder.File("file/below"));

        await Assert.ThrowsAsync<StorageException>(() => nowhere.PrepareAsync(CancellationToken.None));
    }

    private TradingDatabase Open(string directory) =>
        new(new DatabaseOptions(directory), LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<TradingDatabase>());

    private Task<int> InsertAsync(int id) =>
        database.ExecuteAsync("INSERT INTO items (id, name) VALUES (@Id, 'item ' || @Id)", new { Id = id }, CancellationToken.None);

    private Task<long> CountAsync() => database.FindAsync<long>("SELECT COUNT(*) FROM items", null, CancellationToken.None);
}
