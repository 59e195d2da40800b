using Microsoft.Data.Sqlite;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>A connection that stays open, with the statements that it has compiled.</summary>
internal sealed record PreparedConnection(SqliteConnection Connection, PreparedCommands Commands) : IDisposable
{
    public static PreparedConnection Open(SqliteFile file)
    {
        var connection = file.Open();
        return new(connection, new PreparedCommands(connection));
    }

    public void Dispose()
    {
        Commands.Dispose();
        Connection.Dispose();
    }
}
