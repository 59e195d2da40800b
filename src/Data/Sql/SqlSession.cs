using System.Data.Common;
using Dapper;

namespace TraderHub.Data.Sql;

/// <summary>A connection for the length of one piece of work, with its transaction where the driver has one.</summary>
internal sealed record SqlSession(DbConnection Connection, DbTransaction? Transaction, CancellationToken CancellationToken)
{
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<T?> FindAsync<T>(string sql, object? parameters) => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters) => Connection.ExecuteAsync(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, Transaction, cancellationToken: CancellationToken);
}
