using System.Data.Common;

namespace TraderHub.Bench.Migration;

/// <summary>A connection whose statements are prepared once.</summary>
/// <param name="connection">The connection.</param>
internal sealed class BareStatements(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);
    private DbTransaction? transaction;

    /// <summary>Begins a transaction.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => transaction = await connection.BeginTransactionAsync(cancellationToken);

    /// <summary>Ends it.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await transaction!.CommitAsync(cancellationToken);
        await transaction.DisposeAsync();
        transaction = null;
    }

    /// <summary>Runs a statement, and reads what it answers.</summary>
    public async Task RunAsync(string sql, Action<DbDataReader> read, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands.Add(sql, command = await PrepareAsync(sql, parameters, cancellationToken));
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value;
        }

        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            read(reader);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
        {
            await command.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    private async Task<DbCommand> PrepareAsync(string sql, (string Name, object Value)[] parameters, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        command.Transaction = transaction;
        await command.PrepareAsync(cancellationToken);
        return command;
    }
}
