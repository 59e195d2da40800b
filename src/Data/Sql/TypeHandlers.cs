using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql;

/// <summary>
/// How C# types that a database does not have are stored, registered once with Dapper. They also let it build records: SQLite gives long, double and
/// text, whatever the column was declared as.
/// </summary>
internal static class TypeHandlers
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        // Parameters of types that Dapper knows would pass the handlers by.
        foreach (var type in new[] { typeof(bool), typeof(bool?), typeof(decimal), typeof(decimal?) })
        {
            SqlMapper.RemoveTypeMap(type);
        }

        SqlMapper.AddTypeHandler(new Handler<int>(value => Convert.ToInt32(value, CultureInfo.InvariantCulture), value => value));
        SqlMapper.AddTypeHandler(new Handler<bool>(value => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0, value => value ? 1L : 0L));
        SqlMapper.AddTypeHandler(new DecimalHandler());
        SqlMapper.AddTypeHandler(new Handler<DateOnly>(
            value => DateOnly.ParseExact((string)value, "O", CultureInfo.InvariantCulture), value => value.ToString("O", CultureInfo.InvariantCulture)));
        SqlMapper.AddTypeHandler(new Handler<LocalDate>(value => LocalDatePattern.Iso.Parse((string)value).GetValueOrThrow(), value => value.ToIso()));

        // ISO-8601 text. Columns that hold unix seconds are written as such by their repositories.
        SqlMapper.AddTypeHandler(new Handler<Instant>(value => StoredTimes.Read((string)value), value => value.ToIso()));
        return true;
    });

    public static void Register() => _ = Registered.Value;

    private sealed class Handler<T>(Func<object, T> parse, Func<T, object> format) : SqlMapper.TypeHandler<T>
    {
        public override T? Parse(object value) => parse(value);

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = value is null ? DBNull.Value : format(value);
    }

    /// <summary>
    /// Exact in SQLite's TEXT and PostgreSQL's NUMERIC; columns that documents declare REAL round it to 15 digits.
    /// </summary>
    private sealed class DecimalHandler : SqlMapper.TypeHandler<decimal>
    {
        public override decimal Parse(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

        public override void SetValue(IDbDataParameter parameter, decimal value) =>
            parameter.Value = parameter is SqliteParameter ? value.ToString(CultureInfo.InvariantCulture) : value;
    }
}
