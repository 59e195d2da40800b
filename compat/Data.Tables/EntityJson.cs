using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Rows as the service reads and writes them: OData JSON, where a type that JSON lacks stands beside its value.</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";

    public static ReadOnlyMemory<byte> Write(ITableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString(nameof(ITableEntity.PartitionKey), entity.PartitionKey);
        json.WriteString(nameof(ITableEntity.RowKey), entity.RowKey);
        foreach (var (name, value) in ((TableEntity)entity).Properties)
        {
            WriteProperty(json, name, value);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    public static TableEntity Read(JsonElement row)
    {
        var entity = new TableEntity();
        foreach (var property in row.EnumerateObject())
        {
            switch (property.Name)
            {
                case nameof(ITableEntity.PartitionKey):
                    entity.PartitionKey = property.Value.GetString()!;
                    break;
                case nameof(ITableEntity.RowKey):
                    entity.RowKey = property.Value.GetString()!;
                    break;
                case nameof(ITableEntity.Timestamp):
                    entity.Timestamp = property.Value.GetDateTimeOffset();
                    break;
                case "odata.etag":
                    entity.ETag = new ETag(property.Value.GetString()!);
                    break;
                default:
                    ReadProperty(row, property, entity);
                    break;
            }
        }

        return entity;
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case long number:
                json.WriteString(name + TypeSuffix, "Edm.Int64");
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteString(name + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(name, bytes);
                break;
            default:
                throw new NotSupportedException($"Values of type {value.GetType()} are not stored here.");
        }
    }

    private static void ReadProperty(JsonElement row, JsonProperty property, TableEntity entity)
    {
        if (property.Name.Contains("odata.", StringComparison.Ordinal))
        {
            return;
        }

        var type = row.TryGetProperty(property.Name + TypeSuffix, out var stated) ? stated.GetString() : null;
        entity[property.Name] = (type, property.Value.ValueKind) switch
        {
            ("Edm.Int64", _) => long.Parse(property.Value.GetString()!, CultureInfo.InvariantCulture),
            ("Edm.Binary", _) => property.Value.GetBytesFromBase64(),
            (null, JsonValueKind.String) => property.Value.GetString()!,
            _ => throw new NotSupportedException($"Values of type {type ?? property.Value.ValueKind.ToString()} are not read here."),
        };
    }
}
