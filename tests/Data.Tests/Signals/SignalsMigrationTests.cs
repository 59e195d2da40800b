using TraderHub.Core.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals;

public sealed class SignalsMigrationTests
{
    private static readonly ManualClock Clock = new("2026-11-20T12:31:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ADatabaseOfTheBot_IsAdoptedWithItsRows_AndWhatItsCopyingDoubledIsCounted(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateAsync(provider);
        await CreateOldAsync(place);
        await place.Signals.ExecuteAsync(
            """
            INSERT INTO users (chat_id, created_at, updated_at) VALUES ('1', 5, 5), ('2', 5, 5);
            INSERT INTO executions (chat_id, signal_type, ticker, execution_price, execution_date, created_at)
            VALUES ('1', 'BUY', 'SPY', 400.5, 7, 5), ('1', 'BUY', 'SPY', 400.5, 7, 6), ('1', 'SELL', 'SPY', 400.5, 7, 6), ('2', 'BUY', 'SPY', 400.5, 7, 6), ('1', 'BUY', 'SPY', 400.5, 7, 8);
            """,
            null,
            CancellationToken.None);

        var applied = await new MigrationRunner(place.Signals, Clock).MigrateAsync(CancellationToken.None);

        Assert.True(applied[0].IsAdopted);
        Assert.All(applied.Skip(1), migration => Assert.False(migration.IsAdopted));
        Assert.Equal([0L, 1L, 0L, 0L, 2L], await place.Signals.QueryAsync<long>("SELECT occurrence FROM executions ORDER BY id", null, CancellationToken.None));
        Assert.Equal(["1", "2"], await place.Signals.QueryAsync<string>("SELECT chat_id FROM users ORDER BY chat_id", null, CancellationToken.None));

        await new MigrationRunner(place.Signals, Clock).RollBackAsync(0, CancellationToken.None);
        Assert.Equal([5L], await place.Signals.QueryAsync<long>("SELECT COUNT(*) FROM executions", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheConstraints_AreTheDocumentedOnes(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        await ExecuteAsync(place, "INSERT INTO users (chat_id, created_at, updated_at) VALUES ('1', 5, 5)");
        await ExecuteAsync(place, "INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('1', 'SPY', 5)");
        await ExecuteAsync(place, "INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at) VALUES ('1', 'SPY', 1, 5, 5)");

        await AssertBreaksAsync(ConstraintKind.Unique, place, "INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('1', 'SPY', 5)");
        await AssertBreaksAsync(ConstraintKind.Unique, place, "INSERT INTO active_positions (chat_id, ticker, entry_price, created_at, updated_at) VALUES ('1', 'SPY', 1, 5, 5)");
        await AssertBreaksAsync(ConstraintKind.Unique, place, "INSERT INTO users (chat_id, created_at, updated_at) VALUES ('1', 5, 5)");
        await AssertBreaksAsync(ConstraintKind.ForeignKey, place, "INSERT INTO watchlists (chat_id, ticker, created_at) VALUES ('2', 'SPY', 5)");
        await AssertBreaksAsync(
            ConstraintKind.Check, place, "INSERT INTO executions (chat_id, signal_type, ticker, execution_price, execution_date, created_at) VALUES ('1', 'HOLD', 'SPY', 1, 5, 5)");
        await AssertBreaksAsync(ConstraintKind.Check, place, "INSERT INTO _migration_status (id, version) VALUES (2, '1.0.0')");

        Assert.Equal([1L], await place.Signals.QueryAsync<long>("SELECT subscription_status FROM users", null, CancellationToken.None));
        await ExecuteAsync(place, "DELETE FROM users");
        Assert.Equal([0L], await place.Signals.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM watchlists) + (SELECT COUNT(*) FROM active_positions)", null, CancellationToken.None));
    }

    [Theory]
    [InlineData("SELECT id FROM executions WHERE chat_id = @ChatId ORDER BY execution_date DESC, id DESC")]
    [InlineData("SELECT id FROM executions WHERE chat_id = @ChatId AND execution_date < @Before ORDER BY execution_date DESC, id DESC LIMIT 1")]
    public async Task AHistory_IsReadInItsOrderFromItsIndex_AndNothingIsSorted(string sql)
    {
        await using var place = await Databases.CreateSignalsAsync(DatabaseProvider.Sqlite);

        var plan = await place.Signals.QueryAsync<PlanStep>($"EXPLAIN QUERY PLAN {sql}", null, CancellationToken.None);

        Assert.StartsWith("SEARCH executions USING COVERING INDEX idx_executions_chat_id_date (chat_id=?", Assert.Single(plan).Detail, StringComparison.Ordinal);
    }

    /// <summary>The bot's tables, and no journal of ours.</summary>
    private static async Task CreateOldAsync(TestPlace place)
    {
        await new MigrationRunner(place.Signals, [MigrationScript.LoadAll("signals")[0]], Clock).MigrateAsync(CancellationToken.None);
        await ExecuteAsync(place, "DROP TABLE schema_migrations");
    }

    private static async Task AssertBreaksAsync(ConstraintKind kind, TestPlace place, string sql) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<StorageConstraintException>(() => ExecuteAsync(place, sql))).Constraint.Kind);

    private static Task<int> ExecuteAsync(TestPlace place, string sql) => place.Signals.ExecuteAsync(sql, null, CancellationToken.None);

    private sealed record PlanStep(long Id, long Parent, long Notused, string Detail);
}
