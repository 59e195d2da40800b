using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.Trading;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.Soak;

/// <summary>
/// Captures the snapshots of very many traders, kills the host in the middle with SIGKILL, and starts it again: at the end each trader with positions
/// must have one snapshot for the half hour, and the exchange must never have been asked for more than it allows.
/// </summary>
internal static class KilledSnapshots
{
    private const int RealLimit = 1200;

    private const int WeightPerTrader = 4;

    private static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(SnapshotsOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("traderhub-soak-");
        try
        {
            var traders = Enumerable.Range(1, options.Users).Select(number => WalletAddress.Parse($"0x{number:x40}")).ToList();
            await WaitForRoomAsync(options);
            var clock = TimeProvider.System;
            var limit = RealLimit * options.Scale;
            await using var exchange = await SimulatedExchange.StartAsync(
                SimulatedAccounts.Crowd(traders, clock.GetUtcNow()),
                new SimulatedExchangeOptions { WeightPerMinute = limit, Faults = new SimulatedFaults { Latency = options.Latency } },
                clock,
                CancellationToken.None);
            await using var database = new TradingDatabase(new DatabaseOptions(DatabaseProvider.Sqlite, folder.FullName), NullLogger<TradingDatabase>.Instance);
            var store = new SnapshotStore(database);
            await store.SignInAsync(traders);
            var settings = new Dictionary<string, string>
            {
                ["Hyperliquid__BaseUrl"] = exchange.Address.ToString(),
                ["Hyperliquid__WeightPerMinute"] = limit.ToString(CultureInfo.InvariantCulture),
            };
            return await RunAsync(new ServedHost(folder.FullName, settings), store, exchange.Weight, limit, SimulatedAccounts.CountWithPositions(traders.Count));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(ServedHost host, SnapshotStore store, WeightWindow weight, int limit, int expected)
    {
        await using (var first = await host.StartAsync())
        {
            await first.CaptureSnapshotsAsync();
            await Until(async () => await store.CountAsync() >= expected / 3 || await store.IsCompletedAsync(), first);
        }

        // The host's process is gone now, as by SIGKILL.
        var (kept, wasCompleted) = (await store.CountAsync(), await store.IsCompletedAsync());
        Console.WriteLine($"killed with {kept} of {expected} snapshots stored{(wasCompleted ? " (too late: the run had ended)" : string.Empty)}");

        await using var second = await host.StartAsync();
        var (started, before) = (Stopwatch.GetTimestamp(), (weight.Accepted, weight.Total));
        await second.CaptureSnapshotsAsync();
        await Until(async () => await store.IsCompletedAsync(since: wasCompleted ? 1 : 0), second);
        var elapsed = Stopwatch.GetElapsedTime(started);

        var result = await store.ReadResultAsync();
        Console.WriteLine($"snapshots {result.Snapshots} of {expected}, doubled {result.Doubled}, half hours {result.Slots}, gaps {result.Gaps}");
        result.Runs.ForEach(run => Console.WriteLine($"cron_logs: {run}"));
        var (users, used) = (result.Snapshots - kept, weight.Total - before.Total);
        Console.WriteLine(FormattableString.Invariant(
            $"second run: {users / elapsed.TotalSeconds:0} traders with positions/s in {elapsed.TotalSeconds:0.0} s; {weight.Accepted - before.Accepted} requests, weight {used}, {used / elapsed.TotalMinutes / limit:0.0 %} of the budget of {limit}/min"));
        Console.WriteLine(FormattableString.Invariant(
            $"most in any 60 s: {weight.Maximum} ({(double)weight.Maximum / limit:0.0 %} of the limit); refused with 429: {weight.Refused} (to reach: 0)"));
        return !wasCompleted && result is { Doubled: 0, Slots: 1, Gaps: 0 } && result.Snapshots == expected && weight.Refused == 0 ? 0 : 1;
    }

    /// <summary>All of it must be within one half hour, or the host begins the next by itself.</summary>
    private static async Task WaitForRoomAsync(SnapshotsOptions options)
    {
        var needed = TimeSpan.FromMinutes(1 + (1.5 * options.Users * WeightPerTrader / (RealLimit * (double)options.Scale)));
        var left = TimeSpan.FromTicks(SlotLength.Ticks - (TimeProvider.System.GetUtcNow().Ticks % SlotLength.Ticks));
        if (left < needed)
        {
            Console.WriteLine(FormattableString.Invariant($"the half hour ends in {left.TotalSeconds:0} s: waiting for the next"));
            await Task.Delay(left + TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task Until(Func<Task<bool>> condition, ServedHost.Running host)
    {
        while (!await condition())
        {
            host.ThrowIfEnded();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }
}
