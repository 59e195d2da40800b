using System.Data;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraderHub.Data.Sql;

/// <summary>A parameter with its type, which PostgreSQL wants to know also of one that is null.</summary>
/// <param name="Name">The name, with its sign: <c>@Id</c>.</param>
/// <param name="Type">The type.</param>
/// <param name="Value">The value; null is the database's.</param>
public readonly record struct SqlParameter(string Name, DbType Type, object? Value)
{
    /// <summary>Names are looked for as they are written, so nothing is escaped that need not be.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text.</summary>
    public static SqlParameter Text(string name, string? value) => new(name, DbType.String, value);

    /// <summary>An object of JSON whose texts a query finds with <c>->></c>, which both databases have.</summary>
    public static SqlParameter Json(string name, IEnumerable<KeyValuePair<string, string>>? texts) => new(
        name,
        DbType.Object,
        texts is null ? null : new JsonObject(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value))).ToJsonString(Plain));

    /// <summary>Bytes of any kind.</summary>
    public static SqlParameter Bytes(string name, byte[] value) => new(name, DbType.Binary, value);

    /// <summary>A number with a fraction, in a column of double precision.</summary>
    public static SqlParameter Real(string name, double? value) => new(name, DbType.Double, value);

    /// <summary>A whole number.</summary>
    public static SqlParameter Number(string name, long? value) => new(name, DbType.Int64, value);
}
