using System.IO.Pipelines;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TraderHub.Data.KeyValue;

namespace TraderHub.Data.Migration.Exports;

/// <summary>
/// Exports in the storage account of the key-value store, in the container <c>traderhub-exports</c>: the disk of an instance in Azure is read-only, or gone
/// with the instance.
/// </summary>
internal sealed class ExportContainer(KeyValueOptions options) : IExportPlace
{
    private const string Name = "traderhub-exports";

    private readonly Lazy<BlobContainerClient> container = new(() => Open(options));

    public async Task AddAsync(string export, string file, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await GuardAsync(() => container.Value.CreateIfNotExistsAsync(cancellationToken: cancellationToken));

        // An upload commits its blocks at its end, so what is broken off is not there.
        var pipe = new Pipe();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var upload = UploadAsync(container.Value.GetBlobClient($"{export}/{file}"), pipe.Reader, either);
        try
        {
            await write(pipe.Writer.AsStream(leaveOpen: true), either.Token);
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception exception)
        {
            await pipe.Writer.CompleteAsync(exception);
            await upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (upload.Exception?.InnerException is IOException cause)
            {
                throw cause;
            }

            throw;
        }

        await upload;
    }

    public async Task<string?> FindLatestAsync(string group, string file, CancellationToken cancellationToken)
    {
        var latest = await GuardAsync(async () =>
        {
            string? newest = null;
            if (!await container.Value.ExistsAsync(cancellationToken))
            {
                return newest;
            }

            await foreach (var blob in container.Value.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{group}-", cancellationToken))
            {
                newest = blob.Name.EndsWith($"/{file}", StringComparison.Ordinal) ? blob.Name : newest;
            }

            return newest;
        });
        return latest is null ? null : $"{container.Value.Uri}/{latest[..latest.LastIndexOf('/')]}";
    }

    private static async Task UploadAsync(BlobClient blob, PipeReader content, CancellationTokenSource other)
    {
        try
        {
            await GuardAsync(() => blob.UploadAsync(content.AsStream(), overwrite: true, other.Token));
        }
        catch
        {
            // Whoever writes would wait for a reader for good.
            await other.CancelAsync();
            throw;
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            // The client throws all its tries together when each of them failed.
            var reason = (exception as RequestFailedException)?.ErrorCode ?? "no answer";
            throw new IOException($"The container '{Name}' of the key-value store's account does not take the export: {reason}.", exception);
        }
    }

    private static BlobContainerClient Open(KeyValueOptions options)
    {
        var client = new BlobClientOptions();
        client.Diagnostics.IsTelemetryEnabled = false;
        client.Retry.MaxRetries = 3;
        try
        {
            return options.ServiceUri is { } tables
                ? new BlobServiceClient(BlobsBeside(tables), new DefaultAzureCredential(), client).GetBlobContainerClient(Name)
                : new BlobContainerClient(options.ConnectionString, Name, client);
        }
        catch (FormatException exception)
        {
            throw NoBlobs("KeyValue:ConnectionString names no blobs", exception);
        }
    }

    private static Uri BlobsBeside(Uri tables)
    {
        var host = tables.Host.Replace(".table.", ".blob.", StringComparison.OrdinalIgnoreCase);
        return host == tables.Host
            ? throw NoBlobs($"the account's blobs are not to be told from KeyValue:ServiceUri '{tables}'", null)
            : new UriBuilder(tables) { Host = host }.Uri;
    }

    private static IOException NoBlobs(string why, Exception? cause) =>
        new($"Exports are kept in the key-value store's account, but {why}. Set Migration:ExportDirectory to a folder that stays.", cause);
}
