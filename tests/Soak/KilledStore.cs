using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;

namespace TraderHub.Soak;

/// <summary>Kills a process in the middle of its writing, and looks for every row that it had acknowledged.</summary>
internal static class KilledStore
{
    public static async Task<int> RunAsync(TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("traderhub-soak-");
        try
        {
            var lines = await WriteUntilKilledAsync(folder.FullName, duration);
            var acknowledged = lines.Where(line => line[0] == "ok").ToList();
            var failed = lines.Where(line => line[0] != "ok").Select(line => string.Join(' ', line)).Distinct().ToList();
            var stored = await ReadAsync(folder.FullName);
            var lost = acknowledged.Count(line => !stored.Contains(line[1]));

            Console.WriteLine($"acknowledged {acknowledged.Count}, lost {lost}, failed {lines.Count - acknowledged.Count} {string.Join("; ", failed)}");
            Console.WriteLine($"write p50 {At(acknowledged, 2, 0.5)} ms, p95 {At(acknowledged, 2, 0.95)} ms; read p50 {At(acknowledged, 3, 0.5)} ms, p95 {At(acknowledged, 3, 0.95)} ms");
            return lost == 0 && failed.Count == 0 && acknowledged.Count > 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<string[]>> WriteUntilKilledAsync(string directory, TimeSpan duration)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["store-writer", directory]) { RedirectStandardOutput = true };
        using var writer = Process.Start(start)!;
        var kill = Task.Run(async () =>
        {
            await Task.Delay(duration, TimeProvider.System, CancellationToken.None);
            writer.Kill();
        });

        // Everything that reached this pipe was acknowledged before the kill. A last line that was cut off was not told to anybody.
        var output = await writer.StandardOutput.ReadToEndAsync();
        await kill;
        await writer.WaitForExitAsync();
        return output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
    }

    private static async Task<HashSet<string>> ReadAsync(string directory)
    {
        await using var database = new TradingDatabase(new DatabaseOptions(DatabaseProvider.Sqlite, directory), NullLogger<TradingDatabase>.Instance);
        return (await database.QueryAsync<string>("SELECT id FROM user_sessions", null, CancellationToken.None)).ToHashSet();
    }

    private static string At(List<string[]> lines, int column, double share)
    {
        var sorted = lines.Select(line => double.Parse(line[column], CultureInfo.InvariantCulture)).Order().ToList();
        return sorted.Count == 0 ? "-" : sorted[(int)(share * (sorted.Count - 1))].ToString("0.00", CultureInfo.InvariantCulture);
    }
}
