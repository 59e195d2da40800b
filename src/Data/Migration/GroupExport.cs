using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>Keeps a group's keys, as a file that <c>kv import</c> reads, and a backup of its database in the folder <c>exports</c>.</summary>
internal sealed class GroupExport(IKeyValueStore store, IEnumerable<ModuleDatabase> databases, DatabaseOptions options, TimeProvider clock) : IGroupExport, IGroupExports
{
    private const string KeysFile = "keys.json";

    private string Folder => Path.Combine(options.Directory, "exports");

    /// <summary>The folders are named by their time; one without the keys was broken off.</summary>
    public string? FindLatest(string group) => !Directory.Exists(Folder) ? null : Directory.EnumerateDirectories(Folder, $"{group}-*")
        .Where(folder => File.Exists(Path.Combine(folder, KeysFile)))
        .Max(StringComparer.Ordinal);

    public async Task ExecuteAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        var at = clock.GetInstant().ToDateTimeUtc().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var folder = Path.Combine(Folder, $"{group.Name}-{at}");
        Directory.CreateDirectory(folder);
        await WriteKeysAsync(group, Path.Combine(folder, KeysFile), cancellationToken);
        await databases.Single(database => database.Module == group.Name).BackUpAsync(folder, cancellationToken);
    }

    private async Task WriteKeysAsync(EntityGroup group, string file, CancellationToken cancellationToken)
    {
        var incomplete = $"{file}.incomplete";
        await using (var output = File.Create(incomplete))
        await using (var json = KeyValueRow.WriterTo(output))
        {
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

        File.Move(incomplete, file, overwrite: true);
    }
}
