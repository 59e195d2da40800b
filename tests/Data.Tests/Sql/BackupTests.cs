using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Backups;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Sql.Postgres;
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

        var manifest = await FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None);
        await Task.WhenAll(writes);
        Assert.Equal(["trading.db"], manifest.Files.Select(file => file.Name));
        await place.Trading.ExecuteAsync(Insert, new { Id = "after" }, CancellationToken.None);
        await place.Trading.DisposeAsync();

        var restored = place.OpenAnother();
        await new DatabaseFiles([restored], place.Options, Clock).RestoreAsync(place.Folder.File("copies"), _ => Task.CompletedTask, CancellationToken.None);
        var ids = await restored.QueryAsync<string>("SELECT id FROM user_sessions", null, CancellationToken.None);
        Assert.Contains("before", ids);
        Assert.DoesNotContain("after", ids);
        await new MigrationRunner(restored, Clock).RequireMigratedAsync(CancellationToken.None);
    }

    [Fact]
    public async Task BackUpAsync_OverAnotherCopy_IsRefused()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None);

        await Assert.ThrowsAsync<DataFileException>(() => FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None));
        Assert.Equal(2, Directory.GetFiles(place.Folder.File("copies")).Length);
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task RestoreAsync_WhileTheDatabaseIsUsed_ChangesNothing()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await place.Trading.ExecuteAsync(Insert, new { Id = "kept" }, CancellationToken.None);
        await FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<DataFileException>(
            () => FilesOf(place).RestoreAsync(place.Folder.File("copies"), _ => Task.CompletedTask, CancellationToken.None));

        Assert.Contains("is in use", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["kept"], await place.QueryAsync<string>("SELECT id FROM user_sessions"));
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task RestoreAsync_WhileAProgramOfAnotherMakeReadsTheFile_ChangesNothing()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None);
        await place.Trading.DisposeAsync();
        using var reader = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={place.Folder.File("trading.db")};Pooling=False");
        reader.Open();
        Dapper.SqlMapper.ExecuteScalar<long>(reader, "SELECT COUNT(*) FROM sqlite_master");

        var refused = await Assert.ThrowsAsync<DataFileException>(
            () => FilesOf(place).RestoreAsync(place.Folder.File("copies"), _ => Task.CompletedTask, CancellationToken.None));

        Assert.Contains("is in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task RestoreAsync_WhosePreparationFails_ChangesNothing()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        await FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None);
        await place.Trading.ExecuteAsync(Insert, new { Id = "kept" }, CancellationToken.None);
        await place.Trading.DisposeAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => FilesOf(place).RestoreAsync(
            place.Folder.File("copies"), _ => throw new InvalidDataException("It is not what it should be."), CancellationToken.None));

        Assert.Equal(["kept"], await place.OpenAnother().QueryAsync<string>("SELECT id FROM user_sessions", null, CancellationToken.None));
    }

    [SkippableFact]
    public async Task BackUpAsync_OfPostgres_IsADumpOfTheSchema()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Postgres);

        var manifest = await FilesOf(place).BackUpAsync(place.Folder.File("copies"), CancellationToken.None);

        Assert.Equal(["trading.sql"], manifest.Files.Select(file => file.Name));
        Assert.Contains("CREATE TABLE trading.user_sessions", await File.ReadAllTextAsync(place.Folder.File("copies/trading.sql")), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [Trait("Case", "A7")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task RollBackAllAsync_WhereTheLastOfThemFails_TakesNoneBack(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        await place.Jobs.ExecuteAsync("DROP TABLE kv_sync", null, CancellationToken.None);
        await place.Jobs.ExecuteAsync("DROP TABLE idempotency_keys", null, CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => MigrationRunner.RollBackAllAsync([place.Signals, place.Jobs], 1, Clock, CancellationToken.None));

        Assert.Equal([5L], await place.Signals.QueryAsync<long>("SELECT MAX(version) FROM schema_migrations", null, CancellationToken.None));
        Assert.Equal([5L], await place.Jobs.QueryAsync<long>("SELECT MAX(version) FROM schema_migrations", null, CancellationToken.None));
    }

    [SkippableTheory]
    [Trait("Case", "A7")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task RollBackAllAsync_SaysWhatItTookBackInEachOfThem(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);

        var rollbacks = await MigrationRunner.RollBackAllAsync([place.Signals, place.Jobs], 1, Clock, CancellationToken.None);

        Assert.Equal(["signals 5,4,3,2", "jobs 5,4,3,2"], rollbacks.Select(each => $"{each.Module} {string.Join(',', each.Migrations.Select(one => one.Version))}"));
    }

    [SkippableFact]
    [Trait("Case", "A7")]
    public async Task RequireNoneAsync_WhileAHostIsConnected_NamesIt()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Postgres);
        await PostgresSessions.RequireNoneAsync(place.Options.ConnectionString!, CancellationToken.None);
        await place.QueryAsync<long>("SELECT 1");

        var refused = await Assert.ThrowsAsync<DataFileException>(() => PostgresSessions.RequireNoneAsync(place.Options.ConnectionString!, CancellationToken.None));

        Assert.Contains("TraderHub from ", refused.Message, StringComparison.Ordinal);
    }

    private static DatabaseFiles FilesOf(TestPlace place) => new([place.Trading], place.Options, Clock);
}
