using Azure;
using Azure.Data.Tables;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>
/// The row of a key: everything but a value that is too large for it. A deleted key keeps its row for a while, so that a writer whose answer was lost can
/// still tell what became of its write.
/// </summary>
/// <param name="Key">Where it stands.</param>
/// <param name="WriteId">The write that made it: the version of the key, and the partition of its chunks.</param>
/// <param name="ExpiresAt">From which unix second on the key is not there; <see cref="Never"/>, or <see cref="Deleted"/>.</param>
/// <param name="PurgeFrom">From which unix second on the row may go.</param>
/// <param name="Metadata">The metadata.</param>
/// <param name="Size">The value's size in bytes.</param>
/// <param name="Value">The value; null when it is in chunks.</param>
/// <param name="ETag">What the service calls this version of the row; the default when it is not stored yet.</param>
internal sealed record Head(
    TableKey Key, string WriteId, long ExpiresAt, long PurgeFrom, string? Metadata, long Size, byte[]? Value, ETag ETag = default)
{
    /// <summary>A permanent key. It is a number, and not a missing one, so that the service can filter by it.</summary>
    public const long Never = long.MaxValue;

    /// <summary>A key that was deleted: expired since ever, whatever a clock says.</summary>
    public const long Deleted = 0;

    /// <summary>The largest value in the row itself; the service's bound for one column.</summary>
    public const int LargestValue = 64 * 1024;

    /// <summary>How long a row stays after its key has gone: longer than any write tries to learn its outcome.</summary>
    private const long GraceInSeconds = 300;

    public static Head Of(TableKey key, ReadOnlyMemory<byte> value, PutOptions options, TimeProvider clock)
    {
        var expiresAt = options.ExpiresAt(clock);
        return new(
            key,
            Guid.NewGuid().ToString("n"),
            expiresAt ?? Never,
            expiresAt + GraceInSeconds ?? Never,
            options.Metadata,
            value.Length,
            value.Length > LargestValue ? null : value.ToArray());
    }

    public static Head OfDeleted(TableKey key, TimeProvider clock) =>
        new(key, Guid.NewGuid().ToString("n"), Deleted, clock.NowInSeconds() + GraceInSeconds, null, 0, []);

    public static Head From(TableEntity row) => new(
        new TableKey(row.PartitionKey, row.RowKey),
        row.GetString(nameof(WriteId))!,
        row.GetInt64(nameof(ExpiresAt))!.Value,
        row.GetInt64(nameof(PurgeFrom))!.Value,
        row.GetString(nameof(Metadata)),
        row.GetInt64(nameof(Size))!.Value,
        row.GetBinary(nameof(Value)),
        row.ETag);

    public TableEntity ToRow()
    {
        var row = new TableEntity(Key.Partition, Key.Row)
        {
            [nameof(WriteId)] = WriteId,
            [nameof(ExpiresAt)] = ExpiresAt,
            [nameof(PurgeFrom)] = PurgeFrom,
            [nameof(Size)] = Size,
        };
        if (Metadata is not null)
        {
            row[nameof(Metadata)] = Metadata;
        }

        if (Value is not null)
        {
            row[nameof(Value)] = Value;
        }

        return row;
    }

    public bool IsThere(long now) => ExpiresAt > now;

    public bool HasChunks => Value is null;

    public KeyValueEntry ToEntry(ReadOnlyMemory<byte> value) => new(value, Metadata, ExpirationOf(ExpiresAt));

    public static NodaTime.Instant? ExpirationOf(long expiresAt) => Expiry.ToInstant(expiresAt == Never ? null : expiresAt);
}
