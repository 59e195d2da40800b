namespace Azure.Data.Tables;

/// <summary>A row of a table.</summary>
public interface ITableEntity
{
    /// <summary>The first part of the row's key.</summary>
    string PartitionKey { get; set; }

    /// <summary>The second part of the row's key; unique in its partition.</summary>
    string RowKey { get; set; }

    /// <summary>When the service stored it.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>Its version.</summary>
    ETag ETag { get; set; }
}
