using System.Data.Common;

namespace TraderHub.Data.Sql;

/// <summary>The commands of one connection, compiled once and kept. Only one piece of work uses a connection at a time.</summary>
internal sealed class PreparedCommands(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> commands = [];

    /// <summary>The command of a statement, which stays this object's.</summary>
    public DbCommand Get(string sql)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            commands.Add(sql, command);
        }

        return command;
    }

    /// <summary>Forgets them all, so that what failed is compiled anew.</summary>
    public void Clear()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        commands.Clear();
    }

    public void Dispose() => Clear();
}
