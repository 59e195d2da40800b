using System.Data;
using System.Data.Common;

namespace TraderHub.Bench.Migration;

/// <summary>A table's rows in memory, and the least that writes them again: a prepared statement, and a transaction for each five hundred rows.</summary>
/// <param name="name">The table.</param>
/// <param name="columns">Its columns that have values, each with the type of them.</param>
/// <param name="rows">Its rows.</param>
internal sealed class RawTable(string name, IReadOnlyList<(string Name, DbType Type)> columns, IReadOnlyList<object[]> rows)
{
    private const int RowsInTransaction = 500;

    /// <summary>How many there are.</summary>
    public int Count => rows.Count;

    /// <summary>Reads all rows of a table.</summary>
    public static async Task<RawTable> ReadAsync(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<object[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        // Columns without any value are left out: nobody would write them.
        var used = Enumerable.Range(0, reader.FieldCount).Where(column => rows.Exists(row => row[column] is not DBNull)).ToList();
        return new(
            table,
            [.. used.Select(column => (reader.GetName(column), TypeOf(rows.Select(row => row[column]).First(value => value is not DBNull))))],
            rows.ConvertAll(row => used.ConvertAll(column => row[column]).ToArray()));
    }

    /// <summary>Writes the rows to an empty table.</summary>
    /// <param name="connection">Where the table is.</param>
    /// <param name="rowsInStatement">How many rows one statement has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task InsertAsync(DbConnection connection, int rowsInStatement, CancellationToken cancellationToken)
    {
        await using var command = CreateInsert(connection, rowsInStatement);
        await command.PrepareAsync(cancellationToken);
        foreach (var some in rows.Chunk(RowsInTransaction))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            command.Transaction = transaction;
            foreach (var part in some.Chunk(rowsInStatement))
            {
                if (part.Length == rowsInStatement)
                {
                    await ExecuteAsync(command, part, cancellationToken);
                    continue;
                }

                await using var last = CreateInsert(connection, part.Length);
                last.Transaction = transaction;
                await ExecuteAsync(last, part, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
    }

    private DbCommand CreateInsert(DbConnection connection, int count)
    {
        var command = connection.CreateCommand();
        var values = Enumerable.Range(0, count).Select(row => $"({string.Join(", ", columns.Select((_, column) => $"@p{row * columns.Count + column}"))})");
        command.CommandText = $"INSERT INTO {name} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES {string.Join(", ", values)}";
        for (var i = 0; i < count * columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = ($"@p{i}", columns[i % columns.Count].Type);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static Task<int> ExecuteAsync(DbCommand command, object[][] part, CancellationToken cancellationToken)
    {
        var i = 0;
        foreach (var value in part.SelectMany(row => row))
        {
            command.Parameters[i++].Value = value;
        }

        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbType TypeOf(object value) => value switch
    {
        long => DbType.Int64,
        double => DbType.Double,
        _ => DbType.String,
    };
}
