using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace TraderHub.Data.Sql;

/// <summary>A connection for the length of one piece of work, with its transaction where the driver has one.</summary>
internal sealed record SqlSession(DbConnection Connection, DbTransaction? Transaction, CancellationToken CancellationToken)
{
    /// <summary>How many statements go to a server in one round; more would only hold more in memory.</summary>
    private const int MostInABatch = 1000;

    /// <summary>The compiled statements of the connection; null where the driver keeps them, or nobody does.</summary>
    public PreparedCommands? Commands { get; init; }

    /// <summary>Rows read by hand, with a statement that the connection keeps.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, IReadOnlyList<SqlParameter> parameters, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        await RunOneAsync(new(sql, parameters, row => rows.Add(read(row))));
        return rows;
    }

    /// <summary>Runs a statement that writes, which the connection keeps; how many rows it touched is returned.</summary>
    public async Task<int> WriteAsync(string sql, IReadOnlyList<SqlParameter> parameters)
    {
        var command = Commands?.Get(sql) ?? NewCommand(sql);
        try
        {
            SetParameters(command, parameters);
            return await command.ExecuteNonQueryAsync(CancellationToken);
        }
        finally
        {
            if (Commands is null)
            {
                await command.DisposeAsync();
            }
        }
    }

    /// <summary>Runs statements in their order, as many at a time as the driver takes. They are asked for as they are run, so that many need not be in memory.</summary>
    public async Task RunAsync(IEnumerable<SqlStatement> statements)
    {
        if (Connection.CanCreateBatch)
        {
            foreach (var some in statements.Chunk(MostInABatch))
            {
                await RunBatchAsync(some);
            }

            return;
        }

        foreach (var statement in statements)
        {
            await RunOneAsync(statement);
        }
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<T?> FindAsync<T>(string sql, object? parameters) => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters) => Connection.ExecuteAsync(Command(sql, parameters));

    private async Task RunOneAsync(SqlStatement statement)
    {
        var command = Commands?.Get(statement.Sql) ?? NewCommand(statement.Sql);
        try
        {
            SetParameters(command, statement.Parameters);
            if (statement.Read is not { } read)
            {
                await command.ExecuteNonQueryAsync(CancellationToken);
                return;
            }

            await using var reader = await command.ExecuteReaderAsync(CancellationToken);
            while (await reader.ReadAsync(CancellationToken))
            {
                read(reader);
            }
        }
        finally
        {
            if (Commands is null)
            {
                await command.DisposeAsync();
            }
        }
    }

    private async Task RunBatchAsync(SqlStatement[] statements)
    {
        await using var batch = Connection.CreateBatch();
        batch.Transaction = Transaction;
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            foreach (var parameter in statement.Parameters)
            {
                Add(command.Parameters, command.CreateParameter(), parameter);
            }

            batch.BatchCommands.Add(command);
        }

        await batch.PrepareAsync(CancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken);
        foreach (var read in statements.Select(statement => statement.Read).OfType<Action<DbDataReader>>())
        {
            while (await reader.ReadAsync(CancellationToken))
            {
                read(reader);
            }

            await reader.NextResultAsync(CancellationToken);
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
                Add(command.Parameters, command.CreateParameter(), parameters[i]);
            }
            else
            {
                command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
            }
        }
    }

    private static void Add(DbParameterCollection collection, DbParameter parameter, SqlParameter value)
    {
        parameter.ParameterName = value.Name;
        parameter.DbType = value.Type;
        if (value.Type == DbType.Object && parameter is NpgsqlParameter ofPostgres)
        {
            ofPostgres.NpgsqlDbType = NpgsqlDbType.Json;
        }

        parameter.Value = value.Value ?? DBNull.Value;
        collection.Add(parameter);
    }
}
