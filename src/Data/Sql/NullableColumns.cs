using System.Data.Common;

namespace TraderHub.Data.Sql;

/// <summary>Columns that may hold no value.</summary>
internal static class NullableColumns
{
    public static string? GetNullableString(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? GetNullableInt64(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static double? GetNullableDouble(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
