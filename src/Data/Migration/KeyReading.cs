using System.Data.Common;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>A key that is read: where it stands, what of it does not parse, and its rows.</summary>
internal sealed class KeyReading
{
    private readonly List<RejectedElement> rejected = [];
    private readonly RowsReading rows;
    private SyncState state = SyncState.Unknown;

    /// <param name="group">The group.</param>
    /// <param name="key">The key.</param>
    /// <param name="rows">How its rows are read.</param>
    public KeyReading(string group, string key, RowsReading rows)
    {
        this.rows = rows;
        Queries = [new SqlStatement(SyncRows.FindWhole, SyncRows.Key(group, key), Read), .. rows.Queries];
    }

    /// <summary>What to ask; all of it at one moment.</summary>
    public IReadOnlyList<SqlStatement> Queries { get; }

    /// <summary>The key, once the queries have run.</summary>
    public SyncedKey ToKey() => new(state, Render()) { HasRejected = rejected.Count > 0 };

    private void Read(DbDataReader row)
    {
        state = SyncRows.Read(row);
        if (SyncRows.ReadRejected(row) is { } element)
        {
            rejected.Add(element);
        }
    }

    private ReadOnlyMemory<byte>? Render()
    {
        if (rejected is [{ Place: FaultRows.WholeValue, Raw: var raw }])
        {
            return RawText.ToBytes(raw);
        }

        // Without the cast, a missing array would be an empty value.
        return rows.Render(new(state is { Hash: not null, Error: null }, rejected)) is { } value ? value : (ReadOnlyMemory<byte>?)null;
    }
}
