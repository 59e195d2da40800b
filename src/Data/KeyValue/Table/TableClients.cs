using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>The clients of the store's two tables.</summary>
internal sealed class TableClients
{
    private const int Retries = 3;

    private volatile bool areTablesThere;

    /// <param name="options">Where the tables are.</param>
    /// <param name="configure">Changes how the service is called; for tests.</param>
    public TableClients(KeyValueOptions options, Action<TableClientOptions>? configure = null)
    {
        Heads = Create(options, options.TableName, Retries, configure);
        HeadsOnce = Create(options, options.TableName, 0, configure);
        Chunks = Create(options, $"{options.TableName}chunks", Retries, configure);
    }

    /// <summary>The keys' rows, asked again when the service fails.</summary>
    public TableClient Heads { get; }

    /// <summary>The same, asked once: a conditional write that failed is not simply sent again.</summary>
    public TableClient HeadsOnce { get; }

    /// <summary>The chunks of large values; each is written in one way only, so that sending it again does no harm.</summary>
    public TableClient Chunks { get; }

    /// <summary>Makes the tables at the first use. It is not done at start, so that the host starts also while the service is away.</summary>
    public async Task EnsureTablesAsync(CancellationToken cancellationToken)
    {
        if (areTablesThere)
        {
            return;
        }

        // Several at once may do so; a table that is there is left as it is.
        await Heads.CreateIfNotExistsAsync(cancellationToken);
        await Chunks.CreateIfNotExistsAsync(cancellationToken);
        areTablesThere = true;
    }

    private static TableClient Create(KeyValueOptions options, string table, int retries, Action<TableClientOptions>? configure)
    {
        var clientOptions = new TableClientOptions();
        clientOptions.Retry.MaxRetries = retries;
        clientOptions.Retry.Mode = RetryMode.Exponential;
        clientOptions.Retry.Delay = TimeSpan.FromMilliseconds(200);
        clientOptions.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        clientOptions.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        clientOptions.Diagnostics.IsTelemetryEnabled = false;
        configure?.Invoke(clientOptions);
        return options.ServiceUri is { } address
            ? new TableClient(address, table, new DefaultAzureCredential(), clientOptions)
            : new TableClient(options.ConnectionString!, table, clientOptions);
    }
}
