using System.Globalization;
using Azure.Data.Tables;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>
/// The values that are too large for their keys' rows, in the second table: a partition for each write, rows of up to ten parts of 64 KiB. They are written
/// before the row of the key names them, and removed after it no longer does.
/// </summary>
internal sealed class ChunkTable(TableClients clients, TimeProvider clock)
{
    private const int PartSize = 64 * 1024;

    private const int PartsInARow = 10;

    private const int RowSize = PartSize * PartsInARow;

    private const int AtOnce = 4;

    /// <summary>How old chunks are that no write in progress can still be about to name.</summary>
    private const long OrphanedAfterSeconds = 3600;

    private static readonly string[] Described = ["PartitionKey", "RowKey", "OwnerPartition", "OwnerRow", "Size"];

    /// <summary>Stores a value for a row that will name it.</summary>
    public async Task WriteAsync(Head owner, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        await clients.EnsureTablesAsync(cancellationToken);
        await EachRowAsync(
            value.Length,
            async (number, token) =>
            {
                var row = new TableEntity(owner.WriteId, NameOf(number))
                {
                    ["OwnerPartition"] = owner.Key.Partition,
                    ["OwnerRow"] = owner.Key.Row,
                    ["Size"] = owner.Size,
                    ["WrittenAt"] = clock.NowInSeconds(),
                };
                var part = 0;
                for (var offset = number * RowSize; offset < Math.Min((number + 1) * RowSize, value.Length); offset += PartSize)
                {
                    row[PartOf(part++)] = value.Slice(offset, Math.Min(PartSize, value.Length - offset)).ToArray();
                }

                await clients.Chunks.UpsertEntityAsync(row, TableUpdateMode.Replace, token);
            },
            cancellationToken);
    }

    /// <summary>The value that a row names; null when it is there no longer, because the row was replaced meanwhile.</summary>
    public async Task<byte[]?> ReadAsync(Head owner, CancellationToken cancellationToken)
    {
        var value = new byte[owner.Size];
        var isWhole = true;
        await EachRowAsync(
            owner.Size,
            async (number, token) =>
            {
                var found = await clients.Chunks.GetEntityIfExistsAsync<TableEntity>(owner.WriteId, NameOf(number), cancellationToken: token);
                if (!found.HasValue)
                {
                    Volatile.Write(ref isWhole, false);
                    return;
                }

                var offset = number * RowSize;
                for (var part = 0; found.Value!.GetBinary(PartOf(part)) is { } bytes; part++)
                {
                    bytes.CopyTo(value, offset);
                    offset += bytes.Length;
                }
            },
            cancellationToken);
        return isWhole ? value : null;
    }

    /// <summary>Removes the value that a row named.</summary>
    public Task RemoveAsync(string writeId, long size, CancellationToken cancellationToken) => EachRowAsync(
        size, async (number, token) => await clients.Chunks.DeleteEntityAsync(writeId, NameOf(number), cancellationToken: token), cancellationToken);

    /// <summary>Removes values that no row names: those of writers that were killed.</summary>
    public async Task RemoveOrphansAsync(HeadTable heads, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey eq {NameOf(0)} and WrittenAt lt {clock.NowInSeconds() - OrphanedAfterSeconds}");
        await foreach (var first in clients.Chunks.QueryAsync<TableEntity>(filter, select: Described, cancellationToken: cancellationToken))
        {
            var owner = new TableKey(first.GetString("OwnerPartition")!, first.GetString("OwnerRow")!);
            if ((await heads.FindAsync(owner, cancellationToken))?.WriteId != first.PartitionKey)
            {
                await RemoveAsync(first.PartitionKey, first.GetInt64("Size")!.Value, cancellationToken);
            }
        }
    }

    private static Task EachRowAsync(long size, Func<int, CancellationToken, ValueTask> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, (int)((size + RowSize - 1) / RowSize)),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        work);

    private static string NameOf(int row) => row.ToString("0000", CultureInfo.InvariantCulture);

    private static string PartOf(int part) => $"Part{part:00}";
}
