using Azure.Data.Tables;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>
/// A key as a row's key: its bytes in lower-case hexadecimal, because rows' keys allow few characters, and because the service then orders rows as the
/// bytes are ordered. The first 256 bytes are the partition, as many as fit; the rest is the row, mostly empty.
/// </summary>
internal readonly record struct TableKey(string Partition, string Row)
{
    private const int LongestPartition = 256;

    /// <summary>After every hexadecimal digit.</summary>
    private const string AfterAll = "g";

    public static TableKey Of(ReadOnlySpan<byte> key)
    {
        var split = Math.Min(key.Length, LongestPartition);
        return new(Convert.ToHexStringLower(key[..split]), Convert.ToHexStringLower(key[split..]));
    }

    public static byte[] BytesOf(string partition, string row) => [.. Convert.FromHexString(partition), .. Convert.FromHexString(row)];

    /// <summary>The filter of the rows in a range that are there at a second.</summary>
    public static string Filter(KeyRange range, long now)
    {
        var after = Of(range.After);
        var within = FilterOfPrefix(Of(range.Prefix));
        return TableClient.CreateQueryFilter(
            $"(PartitionKey gt {after.Partition} or (PartitionKey eq {after.Partition} and RowKey gt {after.Row})) and ExpiresAt gt {now} and ") + within;
    }

    private static string FilterOfPrefix(TableKey prefix) => prefix.Row.Length == 0
        ? TableClient.CreateQueryFilter($"PartitionKey ge {prefix.Partition} and PartitionKey lt {prefix.Partition + AfterAll}")
        : TableClient.CreateQueryFilter(
            $"PartitionKey eq {prefix.Partition} and RowKey ge {prefix.Row} and RowKey lt {prefix.Row + AfterAll}");
}
