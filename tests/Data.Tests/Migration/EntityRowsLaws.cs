using System.Globalization;
using FsCheck.Fluent;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Tests.Migration.Entities;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What holds for the rows of every entity, on both databases.</summary>
public sealed class EntityRowsLaws
{
    private readonly ManualClock clock = new("2026-11-20T12:31:00Z");

    public static TheoryData<string> Entities { get; } = [.. EntityValues.All.Keys];

    [SkippableTheory]
    [MemberData(nameof(Entities))]
    public Task OnSqlite_OneValueAfterAnother_IsWhatItsRowsRender_AndStoredAgainItChangesNoRow(string name) => CheckAsync(DatabaseProvider.Sqlite, name);

    [SkippableTheory]
    [MemberData(nameof(Entities))]
    public Task OnPostgres_OneValueAfterAnother_IsWhatItsRowsRender_AndStoredAgainItChangesNoRow(string name) => CheckAsync(DatabaseProvider.Postgres, name);

    private async Task CheckAsync(DatabaseProvider provider, string name)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var (_, key, values) = EntityValues.All[name];
        var (database, group) = name == "analysis"
            ? ((ModuleDatabase)place.Jobs, SyncStores.Jobs(place.Jobs, clock))
            : (place.Signals, SyncStores.Signals(place.Signals, clock));
        var version = 0L;

        foreach (var value in values.Sample(250, 25))
        {
            var write = await SaveAsync(group, key, value, ++version);
            var read = await group.Sql.ReadAsync(write.Entity, key, CancellationToken.None);
            Assert.Equal(write.Sync, read.Sync);
            if (write.Sync.Error is not null)
            {
                Assert.Null(read.Rows);
                continue;
            }

            Assert.Equal(write.Value!.Value.ToArray(), read.Rows!.Value.ToArray());
            var rows = await DumpAsync(database);
            clock.Advance(TimeSpan.FromSeconds(-5));
            await SaveAsync(group, key, read.Rows.Value, ++version);
            Assert.Equal(rows, await DumpAsync(database));
            clock.Advance(TimeSpan.FromSeconds(7));
        }

        await group.Sql.InTransactionAsync(
            async transaction =>
            {
                await transaction.LockAsync([key]);
                await transaction.SaveAsync([KeyWrite.Put(group.EntityOf(key), key, KeyState.Unknown with { Version = ++version }, 0, default, keepsText: false)]);
                return true;
            },
            CancellationToken.None);
        Assert.Null((await group.Sql.ReadAsync(group.EntityOf(key), key, CancellationToken.None)).Rows);
    }

    private static async Task<KeyWrite> SaveAsync(EntityGroup group, string key, ReadOnlyMemory<byte> value, long version)
    {
        var write = KeyWrite.Put(group.EntityOf(key), key, KeyState.Unknown with { Version = version, DeletedAt = null }, 0, value, keepsText: true);
        return await group.Sql.InTransactionAsync(
            async transaction =>
            {
                await transaction.LockAsync([key]);
                await transaction.SaveAsync([write]);
                return write;
            },
            CancellationToken.None);
    }

    /// <summary>Every column of every row that values are made into.</summary>
    private static async Task<List<string?>> DumpAsync(ModuleDatabase database)
    {
        string[] tables = database.Module == "jobs"
            ? ["job_executions", "scheduled_job_results"]
            : ["users", "watchlists", "executions", "active_positions", "cache"];
        var rows = new List<string?>();
        foreach (var table in tables)
        {
            var found = await database.QueryAsync<dynamic>($"SELECT * FROM {table}", null, CancellationToken.None);
            rows.AddRange(found.Select(row => (string?)Convert.ToString(row, CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
        }

        return rows;
    }
}
