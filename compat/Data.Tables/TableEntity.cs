using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables;

/// <summary>A row as names and values.</summary>
public sealed class TableEntity : ITableEntity
{
    /// <summary>A row without a key.</summary>
    public TableEntity()
    {
    }

    /// <summary>A row with a key and no values.</summary>
    public TableEntity(string partitionKey, string rowKey) => (PartitionKey, RowKey) = (partitionKey, rowKey);

    /// <inheritdoc />
    public string PartitionKey { get; set; } = null!;

    /// <inheritdoc />
    public string RowKey { get; set; } = null!;

    /// <inheritdoc />
    public DateTimeOffset? Timestamp { get; set; }

    /// <inheritdoc />
    public ETag ETag { get; set; }

    internal Dictionary<string, object> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>A value; null when the row has none of that name.</summary>
    [MaybeNull]
    public object this[string key]
    {
        get => Properties.GetValueOrDefault(key);
        set
        {
            if (value is null)
            {
                Properties.Remove(key);
            }
            else
            {
                Properties[key] = value;
            }
        }
    }

    /// <summary>A text; null when the row has none of that name.</summary>
    public string? GetString(string key) => (string?)this[key];

    /// <summary>A 64-bit number; null when the row has none of that name.</summary>
    public long? GetInt64(string key) => (long?)this[key];

    /// <summary>Bytes; null when the row has none of that name.</summary>
    public byte[]? GetBinary(string key) => (byte[]?)this[key];
}
