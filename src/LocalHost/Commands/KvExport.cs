using System.CommandLine;
using TraderHub.Core.KeyValue;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Platform;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>kv export</c>: writes all keys into a file that <c>kv import</c> reads. The file is there when it is whole, and not before.</summary>
internal static class KvExport
{
    private const int ReadsAtOnce = 8;

    public static async Task<int> RunAsync(IKeyValueStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        var isJson = arguments.GetValue(CommandLine.JsonOption);
        var file = KvCommand.FileOf(arguments);
        var count = 0;
        await LongRun.ShowAsync($"Exporting to {Path.GetFileName(file)}", isJson, async _ => count = await WriteAsync(store, file, cancellationToken));
        Console.WriteLine(isJson ? $$"""{"exported":{{count}}}""" : $"{count} keys exported");
        return 0;
    }

    private static async Task<int> WriteAsync(IKeyValueStore store, string file, CancellationToken cancellationToken)
    {
        var incomplete = $"{file}.incomplete";
        var count = 0;
        await using (var output = PrivateFiles.Create(incomplete))
        await using (var json = KeyValueRow.WriterTo(output))
        {
            json.WriteStartArray();
            await foreach (var names in InGroupsAsync(store, cancellationToken))
            {
                var entries = await Task.WhenAll(names.Select(name => store.GetWithMetadataAsync(name, cancellationToken)));

                // One that expired or was deleted since it was listed is left out.
                foreach (var (name, entry) in names.Zip(entries).Where(pair => pair.Second is not null))
                {
                    KeyValueRow.Write(json, name, entry!);
                    await json.FlushAsync(cancellationToken);
                    count++;
                }
            }

            json.WriteEndArray();
        }

        File.Move(incomplete, file, overwrite: true);
        return count;
    }

    private static async IAsyncEnumerable<List<string>> InGroupsAsync(
        IKeyValueStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var group = new List<string>();
        await foreach (var key in store.ListAllAsync(string.Empty, cancellationToken))
        {
            group.Add(key.Name);
            if (group.Count == ReadsAtOnce)
            {
                yield return group;
                group = [];
            }
        }

        yield return group;
    }
}
