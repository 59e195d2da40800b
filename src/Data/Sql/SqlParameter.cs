using System.Data;

namespace TraderHub.Data.Sql;

/// <summary>A parameter with its type, which PostgreSQL wants to know also of one that is null.</summary>
/// <param name="Name">The name, with its sign: <c>@Id</c>.</param>
/// <param name="Type">The type.</param>
/// <param name="Value">The value; null is the database's.</param>
public readonly record struct SqlParameter(string Name, DbType Type, object? Value)
{
    /// <summary>A text.</summary>
    public static SqlParameter Text(string name, string? value) => new(name, DbType.String, value);

    /// <summary>Bytes of any kind.</summary>
    public static SqlParameter Bytes(string name, byte[] value) => new(name, DbType.Binary, value);

    /// <summary>A number with a fraction, in a column of double precision.</summary>
    public static SqlParameter Real(string name, double? value) => new(name, DbType.Double, value);

    /// <summary>A whole number.</summary>
    public static SqlParameter Number(string name, long? value) => new(name, DbType.Int64, value);
}
