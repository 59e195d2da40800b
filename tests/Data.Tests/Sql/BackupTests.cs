using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Sql;

public sealed class BackupTests
{
    private const string Insert = "INSERT INTO user_sessions (id, user_address, created_at, expires_at) VALUES (@Id, 'a', 0, 0)";

    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    [Fact]
    public async Task BackUpAsync_WhileTheDatabaseIsWritten_IsAConsistentCopyThatCanBeRestored()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await place.Trading.ExecuteAsync(Insert, new { Id = "before" }, CancellationToken.None);
        var writes = Enumerable.Range(1, 200).Select(id => place.Trading.ExecuteAsync(Insert, new { Id = $"during {id}" }, CancellationToken.None)).ToList();

        await place.Trading.BackUpAsync(place.Folder.File("copies"), CancellationToken.None);
        await Task.WhenAll(writes);
        Assert.Equal([place.Folder.File("copies/trading.db")], Directory.GetFiles(place.Folder.File("copies")));
        await place.Trading.ExecuteAsync(Insert, new { Id = "after" }, CancellationToken.None);
        await place.Trading.DisposeAsync();

        var restored = place.OpenAnother();
        await restored.RestoreAsync(place.Folder.File("copies"), CancellationToken.None);
        var ids = await restored.QueryAsync<string>("SELECT id FROM user_sessions", null, CancellationToken.None);
        Assert.Contains("before", ids);
        Assert.DoesNotContain("after", ids);
        await new MigrationRunner(restored, Clock).RequireMigratedAsync(CancellationToken.None);
    }

    [Fact]
    public async Task BackUpAsync_OverAnotherCopy_IsRefused()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await place.Trading.BackUpAsync(place.Folder.File("copies"), CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => place.Trading.BackUpAsync(place.Folder.File("copies"), CancellationToken.None));
    }

    [Fact]
    public async Task RestoreAsync_WhileTheDatabaseIsUsed_OrFromADamagedCopy_ChangesNothing()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await place.Trading.ExecuteAsync(Insert, new { Id = "kept" }, CancellationToken.None);
        await place.Trading.BackUpAsync(place.Folder.File("copies"), CancellationToken.None);
        var other = place.OpenAnother();

        Assert.Contains("in use", (await Assert.ThrowsAsync<IOException>(
            () => other.RestoreAsync(place.Folder.File("copies"), CancellationToken.None))).Message, StringComparison.Ordinal);

        await place.Trading.DisposeAsync();
        await using (var copy = File.OpenWrite(place.Folder.File("copies/trading.db")))
        {
            copy.Position = 5000;
            copy.Write(new byte[3000]);
        }

        await Assert.ThrowsAnyAsync<Exception>(() => other.RestoreAsync(place.Folder.File("copies"), CancellationToken.None));
        Assert.Equal(["kept"], await other.QueryAsync<string>("SELECT id FROM user_sessions", null, CancellationToken.None));
    }

    [SkippableFact]
    public async Task BackUpAsync_OfPostgres_IsADumpOfTheSchema()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Postgres);

        var dump = await place.Trading.BackUpAsync(place.Folder.File("copies"), CancellationToken.None);

        Assert.Contains("CREATE TABLE trading.user_sessions", await File.ReadAllTextAsync(dump), StringComparison.Ordinal);
    }
}
