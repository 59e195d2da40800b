using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Properties;

/// <summary>Real files of a property's case: the signals database, and a key-value store beside it.</summary>
internal sealed class PropertyPlace : IAsyncDisposable
{
    /// <summary>Moments have milliseconds; stages follow each other by them.</summary>
    private readonly FastClock clock = new(10);

    private readonly KeyValueDatabase keys;

    private PropertyPlace(TestPlace place)
    {
        Place = place;
        keys = new(place.Options, NullLogger<KeyValueDatabase>.Instance);
        Store = new SqliteKeyValueStore(keys, clock);
        Engine = TestEngine.On(place, Store, clock);
    }

    public TestPlace Place { get; }

    public IVersionedKeyValueStore Store { get; }

    public TestEngine Engine { get; }

    public static async Task<PropertyPlace> CreateAsync()
    {
        var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        await MigratedTemplates.CopyFileAsync("kv", place.Folder.Path);
        return new(place);
    }

    /// <summary>A place with what a bot stored, moved on to a stage.</summary>
    public static async Task<PropertyPlace> MoveAsync(BotStore store, Stage stage)
    {
        var place = await CreateAsync();
        await store.PutAsync(place.Store);
        await place.Engine.MoveToAsync(stage);
        return place;
    }

    /// <summary>Checks a property in a hundred cases.</summary>
    public static void Check<T>(Gen<T> cases, Func<T, Task> holds) => Prop.ForAll(Arb.From(cases), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql) => Place.Signals.QueryAsync<T>(sql, null, CancellationToken.None);

    public Task ExecuteAsync(string sql) => Place.Signals.ExecuteAsync(sql, null, CancellationToken.None);

    /// <summary>Every row of the documented tables, as one text.</summary>
    public async Task<string> DumpAsync()
    {
        const string Sql = """
            SELECT 'users ' || chat_id || ' ' || subscription_status || ' ' || created_at || ' ' || updated_at FROM users
            UNION ALL SELECT 'watchlists ' || id || ' ' || chat_id || ' ' || ticker || ' ' || created_at FROM watchlists
            UNION ALL SELECT 'executions ' || id || ' ' || chat_id || ' ' || signal_type || ' ' || ticker || ' ' || execution_price || ' ' || execution_date || ' ' || occurrence FROM executions
            UNION ALL SELECT 'positions ' || id || ' ' || chat_id || ' ' || ticker || ' ' || entry_price || ' ' || updated_at FROM active_positions
            UNION ALL SELECT 'cache ' || cache_key || ' ' || cache_value || ' ' || expires_at FROM cache
            UNION ALL SELECT 'kv_sync ' || key_hex || ' ' || t || ' ' || v || ' ' || COALESCE(hash, '') FROM kv_sync
            """;

        return string.Join('\n', (await QueryAsync<string>(Sql)).Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await keys.DisposeAsync();
        await Place.DisposeAsync();
    }
}
