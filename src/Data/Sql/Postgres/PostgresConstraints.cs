using Dapper;
using Npgsql;

using TraderHub.Core.Platform;
namespace TraderHub.Data.Sql.Postgres;

/// <summary>Finds the columns of the constraint that a failure names, so that both databases name it alike: <c>watchlists(chat_id, ticker)</c>.</summary>
internal static class PostgresConstraints
{
    public static async Task<BrokenConstraint?> FindAsync(PostgresException exception, NpgsqlDataSource source) => exception.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => new(ConstraintKind.Unique, await IndexColumnsAsync(exception, source)),
        PostgresErrorCodes.ForeignKeyViolation => new(ConstraintKind.ForeignKey, await ForeignColumnsAsync(exception, source)),
        PostgresErrorCodes.CheckViolation => new(ConstraintKind.Check, exception.ConstraintName ?? string.Empty),
        PostgresErrorCodes.NotNullViolation => new(ConstraintKind.NotNull, $"{exception.TableName}({exception.ColumnName})"),
        _ => null,
    };

    private static Task<string> IndexColumnsAsync(PostgresException exception, NpgsqlDataSource source)
    {
        const string Sql = """
            SELECT attribute.attname
            FROM pg_index AS index
            JOIN pg_class AS class ON class.oid = index.indexrelid
            JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
            JOIN unnest(index.indkey::int[]) WITH ORDINALITY AS key (column_number, position) ON TRUE
            JOIN pg_attribute AS attribute ON attribute.attrelid = index.indrelid AND attribute.attnum = key.column_number
            WHERE namespace.nspname = @Schema AND class.relname = @Name
            ORDER BY key.position
            """;

        return ColumnsAsync(Sql, exception, source);
    }

    private static Task<string> ForeignColumnsAsync(PostgresException exception, NpgsqlDataSource source)
    {
        const string Sql = """
            SELECT attribute.attname
            FROM pg_constraint AS constraint_row
            JOIN pg_namespace AS namespace ON namespace.oid = constraint_row.connamespace
            JOIN unnest(constraint_row.conkey::int[]) WITH ORDINALITY AS key (column_number, position) ON TRUE
            JOIN pg_attribute AS attribute ON attribute.attrelid = constraint_row.conrelid AND attribute.attnum = key.column_number
            WHERE namespace.nspname = @Schema AND constraint_row.conname = @Name
            ORDER BY key.position
            """;

        return ColumnsAsync(Sql, exception, source);
    }

    private static async Task<string> ColumnsAsync(string sql, PostgresException exception, NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        var columns = await connection.QueryAsync<string>(sql, new { Schema = exception.SchemaName, Name = exception.ConstraintName });
        return $"{exception.TableName}({string.Join(", ", columns)})";
    }
}
