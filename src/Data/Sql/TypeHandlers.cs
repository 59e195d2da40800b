using System.Data;
using System.Globalization;
using Dapper;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql;

/// <summary>How C# types that databases do not have are stored, registered once with Dapper.</summary>
internal static class TypeHandlers
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        SqlMapper.AddTypeHandler(new DecimalHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        return true;
    });

    public static void Register() => _ = Registered.Value;

    /// <summary>Exact in TEXT columns; columns that documents declare REAL round it to 15 digits.</summary>
    private sealed class DecimalHandler : SqlMapper.TypeHandler<decimal>
    {
        public override decimal Parse(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

        public override void SetValue(IDbDataParameter parameter, decimal value) => parameter.Value = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>ISO-8601 text. Columns that hold unix seconds are written as such by their repositories.</summary>
    private sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override Instant Parse(object value) => Clock.IsoPattern.Parse((string)value).GetValueOrThrow();

        public override void SetValue(IDbDataParameter parameter, Instant value) => parameter.Value = value.ToIso();
    }
}
