using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using TraderHub.Data.Sql;

namespace TraderHub.Bench.Migration;

/// <summary>Connections without anything of ours around them, set up as ours are.</summary>
internal static class BareConnection
{
    /// <summary>Opens one to a module's database.</summary>
    public static async Task<DbConnection> OpenAsync(DatabaseOptions options, string module, CancellationToken cancellationToken)
    {
        DbConnection connection = options.Provider == DatabaseProvider.Postgres
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { SearchPath = module }.ConnectionString)
            : new SqliteConnection($"Data Source={Path.Combine(options.Directory, $"{module}.db")}");
        await connection.OpenAsync(cancellationToken);
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            await using var settings = connection.CreateCommand();
            settings.CommandText = "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL";
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }
}
