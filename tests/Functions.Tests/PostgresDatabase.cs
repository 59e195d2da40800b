using Npgsql;

namespace TraderHub.Functions.Tests;

/// <summary>An empty PostgreSQL database of a test's own, in the cluster that <c>TRADERHUB_TEST_POSTGRES</c> names; without it the test is skipped, visibly.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private const string Variable = "TRADERHUB_TEST_POSTGRES";

    private readonly string server;
    private readonly string name = $"test_{Guid.NewGuid():n}";

    private PostgresDatabase(string server) => this.server = server;

    /// <summary>Whether there is a cluster.</summary>
    public static bool IsThere => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;

    public static async Task<PostgresDatabase> CreateAsync()
    {
        Skip.IfNot(IsThere, $"No PostgreSQL: set {Variable}, or run ./test.");
        var database = new PostgresDatabase(Environment.GetEnvironmentVariable(Variable)!);
        await database.ExecuteAsync($"CREATE DATABASE {database.name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
