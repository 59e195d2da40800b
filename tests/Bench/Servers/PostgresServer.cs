using Npgsql;

namespace TraderHub.Bench.Servers;

/// <summary>The PostgreSQL that the tests use, where there is one.</summary>
internal static class PostgresServer
{
    private const string Variable = "TRADERHUB_TEST_POSTGRES";

    /// <summary>Makes a database, and returns how it is reached; null where there is no server, which is said.</summary>
    public static async Task<string?> TryCreateDatabaseAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } server)
        {
            await Console.Error.WriteLineAsync($"No PostgreSQL: set {Variable} to measure it too.");
            return null;
        }

        var name = $"bench_{Guid.NewGuid():n}";
        await using var source = NpgsqlDataSource.Create(server);
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }
}
