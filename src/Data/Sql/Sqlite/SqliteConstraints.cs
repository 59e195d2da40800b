using Microsoft.Data.Sqlite;
using SQLitePCL;

using TraderHub.Core.Platform;
namespace TraderHub.Data.Sql.Sqlite;

/// <summary>Reads from SQLite's messages which constraint was broken: <c>UNIQUE constraint failed: watchlists.chat_id, watchlists.ticker</c>.</summary>
internal static class SqliteConstraints
{
    public static BrokenConstraint? Find(SqliteException exception) => exception.SqliteExtendedErrorCode switch
    {
        raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID =>
            new(ConstraintKind.Unique, Columns(exception.Message)),
        raw.SQLITE_CONSTRAINT_NOTNULL => new(ConstraintKind.NotNull, Columns(exception.Message)),
        raw.SQLITE_CONSTRAINT_CHECK => new(ConstraintKind.Check, After(exception.Message)),
        raw.SQLITE_CONSTRAINT_FOREIGNKEY => new(ConstraintKind.ForeignKey, string.Empty),
        _ => null,
    };

    private static string Columns(string message)
    {
        var columns = After(message).Split(", ").Select(column => column.Split('.')).ToList();
        return columns.TrueForAll(column => column.Length == 2)
            ? $"{columns[0][0]}({string.Join(", ", columns.Select(column => column[1]))})"
            : After(message);
    }

    /// <summary>What stands between "failed: " and the quote that the driver's message ends with.</summary>
    private static string After(string message)
    {
        const string Mark = "constraint failed: ";
        var start = message.IndexOf(Mark, StringComparison.Ordinal);
        return start < 0 ? string.Empty : message[(start + Mark.Length)..].TrimEnd('.', '\'');
    }
}
