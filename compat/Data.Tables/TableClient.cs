using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>One table of a storage account.</summary>
public class TableClient
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly TableRequests requests;

    /// <summary>A table of the account that a connection string names.</summary>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
    {
        var account = ConnectionString.Parse(connectionString);
        HttpPipelinePolicy proof = account.Sas is { } signature
            ? new SharedAccessSignaturePolicy(signature)
            : new SharedKeyLitePolicy(account.AccountName!, account.AccountKey!);
        requests = new(account.Endpoint, HttpPipelineBuilder.Build(options ?? new TableClientOptions(), proof));
        Name = tableName;
    }

    /// <summary>A table of an account that a token opens.</summary>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
    {
        requests = new(endpoint, HttpPipelineBuilder.Build(options ?? new TableClientOptions(), new BearerTokenAuthenticationPolicy(tokenCredential, Scope)));
        Name = tableName;
    }

    /// <summary>The table's name.</summary>
    public virtual string Name { get; }

    /// <summary>Writes values into a filter.</summary>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Of(filter);

    /// <summary>Makes the table when there is none.</summary>
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var body = new MemoryStream();
        await JsonSerializer.SerializeAsync(body, new Dictionary<string, string> { ["TableName"] = Name }, cancellationToken: cancellationToken);
        var response = await requests.SendAsync(
            RequestMethod.Post, "Tables", body.ToArray(), ifMatch: null, status => status == 409, cancellationToken);
        return Response.FromValue(new TableItem(Name), response);
    }

    /// <summary>Adds a row that is not there yet.</summary>
    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity => requests.SendAsync(
            RequestMethod.Post, Name, EntityJson.Write(entity), ifMatch: null, TableRequests.Nothing, cancellationToken);

    /// <summary>Stores a row, whether it is there or not.</summary>
    public virtual Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => requests.SendAsync(
            MethodOf(mode), PathOf(entity.PartitionKey, entity.RowKey), EntityJson.Write(entity), ifMatch: null, TableRequests.Nothing, cancellationToken);

    /// <summary>Stores a row over a version of it.</summary>
    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity => requests.SendAsync(
            MethodOf(mode), PathOf(entity.PartitionKey, entity.RowKey), EntityJson.Write(entity), ifMatch, TableRequests.Nothing, cancellationToken);

    /// <summary>Removes a row; one that is not there is no error.</summary>
    public virtual Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) => requests.SendAsync(
            RequestMethod.Delete, PathOf(partitionKey, rowKey), default, ifMatch == default ? ETag.All : ifMatch, status => status == 404, cancellationToken);

    /// <summary>A row, or an answer without one.</summary>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var path = PathOf(partitionKey, rowKey) + (select is null ? string.Empty : $"?$select={string.Join(',', select)}");
        var response = await requests.SendAsync(RequestMethod.Get, path, default, ifMatch: null, status => status == 404, cancellationToken);
        if (response.Status == 404)
        {
            return new NoRow<T>(response);
        }

        using var row = JsonDocument.Parse(response.Content);
        return Response.FromValue((T)(ITableEntity)EntityJson.Read(row.RootElement), response);
    }

    /// <summary>The rows that a filter finds, in the order of their keys.</summary>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var query = new List<string> { "$format=application/json;odata=minimalmetadata" };
        if (filter is not null)
        {
            query.Add($"$filter={Uri.EscapeDataString(filter)}");
        }

        if (maxPerPage is { } top)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"$top={top}"));
        }

        if (select is not null)
        {
            query.Add($"$select={string.Join(',', select)}");
        }

        return new TableQuery<T>(requests, $"{Name}()?{string.Join('&', query)}", cancellationToken);
    }

    private static RequestMethod MethodOf(TableUpdateMode mode) => mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;

    private string PathOf(string partitionKey, string rowKey) => $"{Name}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
