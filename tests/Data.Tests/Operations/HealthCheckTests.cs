using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Operations.Health;
using TraderHub.Core.Platform;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Operations;

public sealed class HealthCheckTests
{
    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task DatabaseCheck_ADatabaseThatTakesWrites_Works_AndIsNotChanged(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        const string Migrations = "SELECT name FROM schema_migrations ORDER BY version";
        var before = await place.QueryAsync<string>(Migrations);

        await new DatabaseCheck(place.Trading, "SELECT 1 FROM traders LIMIT 1").CheckAsync(CancellationToken.None);

        Assert.Equal(before, await place.QueryAsync<string>(Migrations));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task DatabaseCheck_ADatabaseThatWasNeverMade_DoesNotWork(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);

        await Assert.ThrowsAsync<StorageException>(() => new DatabaseCheck(place.Trading, "SELECT 1 FROM traders LIMIT 1").CheckAsync(CancellationToken.None));
    }

    [SkippableTheory]
    [Trait("Case", "A7")]
    [InlineData(DatabaseProvider.Sqlite, "DROP TABLE traders")]
    [InlineData(DatabaseProvider.Sqlite, "DELETE FROM schema_migrations WHERE version = (SELECT MAX(version) FROM schema_migrations)")]
    [InlineData(DatabaseProvider.Postgres, "DROP TABLE traders")]
    [InlineData(DatabaseProvider.Postgres, "DELETE FROM schema_migrations WHERE version = (SELECT MAX(version) FROM schema_migrations)")]
    public async Task DatabaseCheck_ADatabaseOfAnOlderSchema_DoesNotWork(DatabaseProvider provider, string fault)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        await place.Trading.ExecuteAsync(fault, null, CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => new DatabaseCheck(place.Trading, "SELECT 1 FROM traders LIMIT 1").CheckAsync(CancellationToken.None));
    }

    [Fact]
    [Trait("Case", "A8")]
    public async Task DatabaseCheck_WritesAPage()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        var check = new DatabaseCheck(place.Trading, "SELECT 1 FROM traders LIMIT 1");
        await check.CheckAsync(CancellationToken.None);
        var before = new FileInfo(place.Folder.File("trading.db-wal")).Length;

        await check.CheckAsync(CancellationToken.None);

        Assert.True(new FileInfo(place.Folder.File("trading.db-wal")).Length > before);
        Assert.DoesNotContain(Directory.GetFiles(place.Folder.Path), file => file.EndsWith(".probe", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task DatabaseCheck_AServerThatTakesOnlyReads_DoesNotWork()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Postgres);
        var options = new DatabaseOptions(
            DatabaseProvider.Postgres, place.Folder.Path, $"{place.Options.ConnectionString};Options=-c default_transaction_read_only=on");
        await using var reading = new Data.Trading.TradingDatabase(
            options, Microsoft.Extensions.Logging.Abstractions.NullLogger<Data.Trading.TradingDatabase>.Instance);

        Assert.NotEmpty(await reading.QueryAsync<string>("SELECT name FROM schema_migrations", null, CancellationToken.None));
        await Assert.ThrowsAsync<StorageException>(() => new DatabaseCheck(reading, "SELECT 1 FROM traders LIMIT 1").CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task HyperliquidCheck_AsksTheCheapestQuestion_AndTakesNoOtherAnswer()
    {
        await using var upstream = await UpstreamDouble.StartAsync();
        await using var services = Connect(upstream.Address.ToString());
        var check = services.GetServices<IHealthCheck>().Single();

        upstream.Answer("exchangeStatus", """{"time":1754450974231,"specialStatuses":null}""");
        await check.CheckAsync(CancellationToken.None);
        Assert.Equal(["""{"type":"exchangeStatus"}"""], upstream.Requests);

        upstream.Answer("exchangeStatus", "{}");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<UpstreamException>(() => check.CheckAsync(CancellationToken.None));
    }

    private static ServiceProvider Connect(string address) => new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddLogging()
        .AddHyperliquid(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection([new("Hyperliquid:BaseUrl", address)]).Build()))
        .BuildServiceProvider();
}
