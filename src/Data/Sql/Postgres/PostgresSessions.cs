using Npgsql;

namespace TraderHub.Data.Sql.Postgres;

/// <summary>Who else is connected to a database.</summary>
public static class PostgresSessions
{
    /// <summary>Makes sure that nobody else of the same role uses a database.</summary>
    /// <exception cref="DataFileException">Somebody does.</exception>
    public static async Task RequireNoneAsync(string connectionString, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT COALESCE(NULLIF(application_name, ''), 'no name') || ' from ' || COALESCE(client_addr::text, 'this machine')
            FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND backend_type = 'client backend' AND pid <> pg_backend_pid()
            ORDER BY 1
            """;

        var alone = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(alone);
        var others = new List<string>();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Sql, connection);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                others.Add(rows.GetString(0));
            }
        }
        catch (NpgsqlException exception)
        {
            throw new DataFileException($"The PostgreSQL database does not answer ({exception.Message}). Nothing was changed.", exception);
        }

        if (others.Count > 0)
        {
            throw new DataFileException(
                $"The PostgreSQL database is in use: {others.Count} other sessions ({string.Join(", ", others.Distinct())}). Stop the hosts first; nothing was changed.");
        }
    }
}
