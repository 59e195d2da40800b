using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The rows of a query, page after page as the service hands them out.</summary>
internal sealed class TableQuery<T>(TableRequests requests, string path, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : class, ITableEntity
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        var next = continuationToken;
        do
        {
            var response = await requests.SendAsync(RequestMethod.Get, path + next, default, ifMatch: null, TableRequests.Nothing, CancellationToken);
            next = ContinuationOf(response);
            yield return Page<T>.FromValues(Read(response), next, response);
        }
        while (next is not null);
    }

    private static List<T> Read(Response response)
    {
        using var page = JsonDocument.Parse(response.Content);
        return page.RootElement.GetProperty("value").EnumerateArray().Select(row => (T)(ITableEntity)EntityJson.Read(row)).ToList();
    }

    private static string? ContinuationOf(Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partitionKey))
        {
            return null;
        }

        response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var rowKey);
        return $"&NextPartitionKey={Uri.EscapeDataString(partitionKey)}" + (rowKey is null ? string.Empty : $"&NextRowKey={Uri.EscapeDataString(rowKey)}");
    }
}
