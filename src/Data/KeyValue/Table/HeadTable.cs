using Azure;
using Azure.Data.Tables;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>The keys' rows. They change in one way only: by a swap, which succeeds when nothing else changed the row meanwhile.</summary>
internal sealed class HeadTable(TableClients clients, TimeProvider clock)
{
    private const int Attempts = 4;

    private static readonly string[] Listed = ["PartitionKey", "RowKey", "ExpiresAt", "Metadata"];

    /// <summary>A key's row, also when the key expired or was deleted; null when there is none.</summary>
    public async Task<Head?> FindAsync(TableKey key, CancellationToken cancellationToken)
    {
        await clients.EnsureTablesAsync(cancellationToken);
        var found = await clients.Heads.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, cancellationToken: cancellationToken);
        if (found.HasValue)
        {
            return Head.From(found.Value!);
        }

        // "No row" is an answer; "no table" is an outage.
        return found.GetRawResponse().Headers.TryGetValue("x-ms-error-code", out var code) && code == "TableNotFound"
            ? throw new KeyValueException(nameof(FindAsync), KeyValueFailure.Failed)
            : null;
    }

    /// <summary>
    /// Puts a row in the place of another, or of none; false when that has changed. Where an answer is lost, the row is read again: it tells by its write id
    /// whether the swap was done (rule K3).
    /// </summary>
    public async Task<bool> SwapAsync(Head? current, Head next, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SendAsync(current, next, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && attempt == 1)
            {
                // The first time it was sent: no earlier attempt of ours can be what is in the way.
                return false;
            }
            catch (Exception exception) when (TableFailures.LeavesOpen(exception, cancellationToken))
            {
                var found = await FindAsync(next.Key, cancellationToken);
                if (found?.WriteId == next.WriteId)
                {
                    return true;
                }

                if (found?.ETag != current?.ETag)
                {
                    throw new KeyValueException(nameof(SwapAsync), KeyValueFailure.OutcomeUnknown, exception);
                }

                if (attempt == Attempts)
                {
                    throw;
                }

                await Task.Delay(TableFailures.WaitAfter(exception, attempt), clock, cancellationToken);
            }
        }
    }

    /// <summary>Up to a number of rows whose keys are in a range and there.</summary>
    public async Task<List<TableEntity>> ListAsync(KeyRange range, CancellationToken cancellationToken)
    {
        await clients.EnsureTablesAsync(cancellationToken);
        var rows = new List<TableEntity>();
        var filter = TableKey.Filter(range, clock.NowInSeconds());
        await foreach (var row in clients.Heads.QueryAsync<TableEntity>(filter, Math.Min(range.RowsToRead, 1000), Listed, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count == range.RowsToRead)
            {
                break;
            }
        }

        return rows;
    }

    /// <summary>The rows that may go.</summary>
    public async IAsyncEnumerable<Head> ListPurgeableAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await clients.EnsureTablesAsync(cancellationToken);
        var filter = TableClient.CreateQueryFilter($"PurgeFrom le {clock.NowInSeconds()}");
        await foreach (var row in clients.Heads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Head.From(row);
        }
    }

    /// <summary>Removes a row unless it has changed; false when it has.</summary>
    public async Task<bool> RemoveAsync(Head head, CancellationToken cancellationToken)
    {
        try
        {
            await clients.Heads.DeleteEntityAsync(head.Key.Partition, head.Key.Row, head.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            return false;
        }
    }

    private Task<Response> SendAsync(Head? current, Head next, CancellationToken cancellationToken) => current is null
        ? clients.HeadsOnce.AddEntityAsync(next.ToRow(), cancellationToken)
        : clients.HeadsOnce.UpdateEntityAsync(next.ToRow(), current.ETag, TableUpdateMode.Replace, cancellationToken);
}
