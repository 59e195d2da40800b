using System.Globalization;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration.Exports;

/// <summary>Keeps a backup of a group's database and then its keys, as a file that <c>kv import</c> reads. An export that has its keys is whole.</summary>
internal sealed partial class GroupExport(
    IKeyValueStore store,
    IEnumerable<ModuleDatabase> databases,
    DatabaseOptions options,
    IExportPlace place,
    TimeProvider clock,
    ILogger<GroupExport> logger) : IGroupExport, IGroupExports
{
    private const string KeysFile = "keys.json";

    public Task<string?> FindLatestAsync(string group, CancellationToken cancellationToken) => place.FindLatestAsync(group, KeysFile, cancellationToken);

    public async Task ExecuteAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        var at = clock.GetInstant().ToDateTimeUtc().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var export = $"{group.Name}-{at}";
        await AddDatabaseAsync(group, export, cancellationToken);
        await place.AddAsync(export, KeysFile, (output, token) => WriteKeysAsync(group, output, token), cancellationToken);
    }

    private async Task AddDatabaseAsync(EntityGroup group, string export, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Provider == DatabaseProvider.Sqlite ? options.Directory : Path.GetTempPath(), $"{export}.incomplete");
        try
        {
            var backup = await databases.Single(database => database.Module == group.Name).BackUpAsync(folder, cancellationToken);
            await place.AddAsync(export, Path.GetFileName(backup), (output, token) => CopyAsync(backup, output, token), cancellationToken);
        }
        catch (BackupToolMissingException exception)
        {
            // Until a group has left the key-value store, that has every acknowledged write (rule M5): the keys alone are a whole copy.
            LogNoBackup(group.Name, exception.Message);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task WriteKeysAsync(EntityGroup group, Stream output, CancellationToken cancellationToken)
    {
        await using var json = KeyValueRow.WriterTo(output);
        json.WriteStartArray();
        foreach (var prefix in WalkKeys.PrefixesOf(group))
        {
            await foreach (var key in store.ListAllAsync(prefix, cancellationToken))
            {
                if (group.FindEntity(key.Name) is not null && await store.GetWithMetadataAsync(key.Name, cancellationToken) is { } entry)
                {
                    KeyValueRow.Write(json, key.Name, entry);
                    await json.FlushAsync(cancellationToken);
                }
            }
        }

        json.WriteEndArray();
    }

    private static async Task CopyAsync(string file, Stream output, CancellationToken cancellationToken)
    {
        await using var input = File.OpenRead(file);
        await input.CopyToAsync(output, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The export of '{Group}' has its keys and no backup of its database: {Reason}")]
    private partial void LogNoBackup(string group, string reason);
}
