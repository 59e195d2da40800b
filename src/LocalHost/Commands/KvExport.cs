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
        await using var stream = FindStream(file);
        await LongRun.ShowAsync($"Exporting to {Path.GetFileName(file)}", isJson, async _ => count = stream is null
            ? await WriteFileAsync(store, file, cancellationToken)
            : await WriteAsync(store, stream, cancellationToken));

        // Where the keys go to a stream, it is often that of the answers.
        var answers = stream is null ? Console.Out : Console.Error;
        await answers.WriteLineAsync(isJson ? $$"""{"exported":{{count}}}""" : $"{count} keys exported");
        return 0;
    }

    /// <summary>A device or a pipe, which takes what is written and stays in its place; null when there is a file, or nothing.</summary>
    private static FileStream? FindStream(string file)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            if (!stream.CanSeek)
            {
                return stream;
            }

            // Of all that can be opened, files alone can be given a length.
            stream.SetLength(stream.Length);
            stream.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException) when (stream is not null)
        {
            return stream;
        }
    }

    private static async Task<int> WriteFileAsync(IKeyValueStore store, string file, CancellationToken cancellationToken)
    {
        using var whole = new WholeFile(file);
        var count = await WriteAsync(store, whole.Stream, cancellationToken);
        whole.Commit();
        return count;
    }

    private static async Task<int> WriteAsync(IKeyValueStore store, Stream output, CancellationToken cancellationToken)
    {
        var count = 0;
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
