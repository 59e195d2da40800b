using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;

namespace TraderHub.Soak;

/// <summary>Measures when a write returns that is cancelled after 100 ms while another connection holds SQLite's lock.</summary>
internal static class CancelledBehindALock
{
    private const int Times = 50;

    private static readonly TimeSpan CancelAfter = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Reach = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("traderhub-soak-");
        try
        {
            var options = new DatabaseOptions(DatabaseProvider.Sqlite, folder.FullName);
            await using var holder = new TradingDatabase(options, NullLogger<TradingDatabase>.Instance);
            await using var waiter = new TradingDatabase(options, NullLogger<TradingDatabase>.Instance);
            await holder.PrepareAsync(CancellationToken.None);
            await holder.ExecuteAsync("CREATE TABLE items (id BIGINT)", null, CancellationToken.None);

            // The lock is held for as long as the body runs.
            var returned = await holder.InTransactionAsync(() => MeasureAsync(waiter), CancellationToken.None);
            Console.WriteLine(FormattableString.Invariant(
                $"{Times} queries, each cancelled after 100 ms: returned after p50 {returned[Times / 2]:0.0} ms, at the latest {returned[^1]:0.0} ms (to reach: {Reach.TotalMilliseconds:0} ms)"));
            return returned[^1] < Reach.TotalMilliseconds ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> MeasureAsync(TradingDatabase waiter)
    {
        var returned = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            using var cancellation = new CancellationTokenSource(CancelAfter);
            var started = Stopwatch.GetTimestamp();
            try
            {
                await waiter.ExecuteAsync("INSERT INTO items VALUES (1)", null, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                returned.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return [.. returned.Order()];
    }
}
