using System.Data.Common;
using Dapper;

namespace TraderHub.Data.Sql;

/// <summary>A connection for the length of one piece of work, with its transaction where the driver has one.</summary>
internal sealed record SqlSession(DbConnection Connection, DbTransaction? Transaction, CancellationToken CancellationToken)
{
    /// <summary>The compiled statements of the connection; null where the driver keeps them, or nobody does.</summary>
    public PreparedCommands? Commands { get; init; }

    /// <summary>Rows read by hand, with a statement that the connection keeps. Of several statements, separated by semicolons, the one that answers rows is read.</summary>
    public Task<IReadOnlyList<T>> ReadAsync<T>(string sql, IReadOnlyList<SqlParameter> parameters, Func<DbDataReader, T> read) => UseAsync(
        sql,
        parameters,
        async command =>
        {
            await using var reader = await command.ExecuteReaderAsync(CancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(CancellationToken))
            {
                rows.Add(read(reader));
            }

            return (IReadOnlyList<T>)rows;
        });

    /// <summary>Runs a statement that writes and that the connection keeps.</summary>
    public Task<int> WriteAsync(string sql, IReadOnlyList<SqlParameter> parameters) =>
        UseAsync(sql, parameters, command => command.ExecuteNonQueryAsync(CancellationToken));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<T?> FindAsync<T>(string sql, object? parameters) => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters) => Connection.ExecuteAsync(Command(sql, parameters));

    private async Task<T> UseAsync<T>(string sql, IReadOnlyList<SqlParameter> parameters, Func<DbCommand, Task<T>> use)
    {
        var command = Commands?.Get(sql) ?? NewCommand(sql);
        try
        {
            SetParameters(command, parameters);
            return await use(command);
        }
        finally
        {
            if (Commands is null)
            {
                await command.DisposeAsync();
            }
        }
    }

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, Transaction, cancellationToken: CancellationToken);

    private DbCommand NewCommand(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        return command;
    }

    private static void SetParameters(DbCommand command, IReadOnlyList<SqlParameter> parameters)
    {
        var isNew = command.Parameters.Count == 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (isNew)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = parameters[i].Name;
                parameter.DbType = parameters[i].Type;
                command.Parameters.Add(parameter);
            }

            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }
    }
}
