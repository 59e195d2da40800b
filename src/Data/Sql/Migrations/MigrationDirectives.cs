namespace TraderHub.Data.Sql.Migrations;

/// <summary>
/// What a migration says to the runner in lines of its own:
/// <c>-- baseline: table, table</c> (these tables may be there already, from the system that TraderHub takes over),
/// <c>-- add-column-if-missing: table column definition</c> (no database has ADD COLUMN IF NOT EXISTS in common) and
/// <c>-- step: name</c> (a step in C#, for what SQL cannot work out).
/// </summary>
internal static class MigrationDirectives
{
    private const string BaselineMark = "-- baseline: ";

    private const string ColumnMark = "-- add-column-if-missing: ";

    private const string StepMark = "-- step: ";

    /// <summary>The tables that the migration would find in a database to adopt; empty when it adopts none.</summary>
    public static IReadOnlyList<string> BaselineTables(string sql) =>
        Lines(sql, BaselineMark).SelectMany(tables => tables.Split(',', StringSplitOptions.TrimEntries)).ToList();

    /// <summary>The columns to add where they are missing.</summary>
    /// <exception cref="FormatException">A line names no table, column and definition.</exception>
    public static IReadOnlyList<ColumnToAdd> Columns(string sql) => Lines(sql, ColumnMark)
        .Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Select(parts => parts.Length == 3
            ? new ColumnToAdd(parts[0], parts[1], parts[2])
            : throw new FormatException($"'{ColumnMark}' is followed by a table, a column and its definition."))
        .ToList();

    /// <summary>The names of the steps to run.</summary>
    public static IReadOnlyList<string> Steps(string sql) => Lines(sql, StepMark).Select(name => name.Trim()).ToList();

    private static IEnumerable<string> Lines(string sql, string mark) =>
        sql.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]);
}

/// <summary>A column that a migration adds where it is missing.</summary>
internal sealed record ColumnToAdd(string Table, string Column, string Definition)
{
    public string Statement => $"ALTER TABLE {Table} ADD COLUMN {Column} {Definition}";
}
