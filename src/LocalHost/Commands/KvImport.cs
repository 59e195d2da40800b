using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue;

namespace TraderHub.LocalHost.Commands;

/// <summary>
/// <c>kv import</c>: stores the rows of a file, read as a stream. A row that cannot be taken harms no other; running it again stores what is still missing.
/// </summary>
internal sealed partial class KvImport(IKeyValueStore store, bool isQuiet)
{
    private const int RowsAtOnce = 64;

    private const int BytesAtOnce = 8 * 1024 * 1024;

    private const int WritesAtOnce = 8;

    /// <summary>How many problems the JSON answer has; all of them are written to standard error, or counted.</summary>
    private const int MostProblems = 100;

    /// <summary>What expires sooner than this is not stored any more.</summary>
    private static readonly Duration ShortestLife = Duration.FromSeconds(60);

    private readonly Dictionary<string, (int Row, KeyValueEntry Entry)> batch = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];
    private long batchSize;
    private int row;
    private int failed;
    private int expired;
    private int stored;
    private int unchanged;

    public static async Task<int> RunAsync(IKeyValueStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        var isJson = arguments.GetValue(CommandLine.JsonOption);
        var import = new KvImport(store, isJson);
        var file = KvCommand.FileOf(arguments);
        string? fault = null;
        await LongRun.ShowAsync(
            $"Importing {Path.GetFileName(file)}", isJson, async progress => fault = await import.ReadAsync(file, progress, cancellationToken));
        var result = new Summary(import.row, import.stored, import.unchanged, import.expired, import.failed, import.problems);
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(result, ImportJson.Default.Summary)
            : $"{result.Rows} rows: {result.Stored} stored, {result.Unchanged} there already, {result.Expired} expired, {result.Failed} failed");
        return fault is not null ? throw new InvalidDataException(fault) : import.failed == 0 ? 0 : CommandLine.Failed;
    }

    /// <summary>Stores the rows of a file; what is wrong with the file, after the last of them, is returned.</summary>
    private async Task<string?> ReadAsync(string file, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var rows = new JsonArrayReader(stream);
        string? fault = null;
        try
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                row++;
                await TakeAsync(rows.Current, cancellationToken);
                if (batch.Count >= RowsAtOnce || batchSize >= BytesAtOnce)
                {
                    await StoreAsync(cancellationToken);
                    progress.Report(stream.CanSeek ? (double)stream.Position / stream.Length : 0);
                }
            }
        }
        catch (JsonException exception)
        {
            fault = rows.IsArray
                ? $"'{file}' is not a JSON array to its end: it cannot be read after row {row} (line {exception.LineNumber + 1})."
                : throw new InvalidDataException($"'{file}' is not a JSON array.", exception);
        }

        await StoreAsync(cancellationToken);
        return fault is null ? null : $"{fault} Of the rows before, {stored + unchanged} are stored.";
    }

    private async Task TakeAsync(JsonElement? element, CancellationToken cancellationToken)
    {
        if (element is not { } found)
        {
            Fail(row, [$"row: is nested more than {JsonArrayReader.MostLevels} levels deep."]);
            return;
        }

        var now = TimeProvider.System.GetInstant();
        var read = KeyValueRow.Read(found, now);
        if (read.Error is { } error)
        {
            Fail(row, error.Fields.SelectMany(field => field.Value.Select(message => $"{field.Key}: {message}")));
        }
        else if (read.Value.Entry.Expiration < now + ShortestLife)
        {
            expired++;
        }
        else
        {
            if (batch.ContainsKey(read.Value.Name))
            {
                // Of two rows with one name the later counts, and each is told of.
                await StoreAsync(cancellationToken);
            }

            batch.Add(read.Value.Name, (row, read.Value.Entry));
            batchSize += read.Value.Entry.Value.Length;
        }
    }

    private void Fail(int number, IEnumerable<string> messages)
    {
        failed++;
        foreach (var problem in messages.Select(message => $"row {number}: {message}"))
        {
            if (!isQuiet)
            {
                Console.Error.WriteLine(problem);
            }
            else if (problems.Count < MostProblems)
            {
                problems.Add(problem);
            }
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var refused = new ConcurrentBag<(int Row, string Reason)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batch, options, async (pair, token) =>
        {
            var (name, (number, entry)) = pair;
            try
            {
                await StoreAsync(name, entry, token);
            }
            catch (Exception exception) when (exception is KeyValueRefusedException or InvalidDataException)
            {
                // This key is not to be written, or not now; the others are.
                refused.Add((number, exception.Message));
            }
        });
        foreach (var (number, reason) in refused.OrderBy(one => one.Row))
        {
            Fail(number, [reason]);
        }

        batch.Clear();
        batchSize = 0;
    }

    private async Task StoreAsync(string name, KeyValueEntry entry, CancellationToken cancellationToken)
    {
        if (await store.GetWithMetadataAsync(name, cancellationToken) is { } current && IsSame(current, entry))
        {
            Interlocked.Increment(ref unchanged);
            return;
        }

        // What had a minute left when it was read has it still: the store takes no less.
        var isShort = entry.Expiration < TimeProvider.System.GetInstant() + ShortestLife;
        var options = isShort ? new PutOptions(entry.Metadata, TimeToLive: ShortestLife) : new PutOptions(entry.Metadata, Expiration: entry.Expiration);
        await store.PutAsync(name, entry.Value, options, cancellationToken);
        Interlocked.Increment(ref stored);
    }

    private static bool IsSame(KeyValueEntry one, KeyValueEntry other) =>
        one.Metadata == other.Metadata && one.Expiration == other.Expiration && one.Value.Span.SequenceEqual(other.Value.Span);

    private sealed record Summary(int Rows, int Stored, int Unchanged, int Expired, int Failed, IReadOnlyList<string> Problems);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Summary))]
    private sealed partial class ImportJson : JsonSerializerContext;
}
