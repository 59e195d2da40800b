using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Data;
using TraderHub.Data.Platform;
using TraderHub.Testing;

namespace TraderHub.Soak;

/// <summary>Kills Azurite again and again in the middle of writes, and looks for every write that it acknowledged.</summary>
internal static class KilledTables
{
    private const int Writers = 8;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        await using var azurite = await AzuriteServer.StartAsync(AzuriteData.SavedAtOnce);
        await using var services = Compose(azurite.ConnectionString);
        var store = services.GetRequiredService<IVersionedKeyValueStore>();
        var acknowledged = new ConcurrentDictionary<string, string>();
        var (outages, kills) = (0, 0);
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));

        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            await Task.Delay(BetweenKills, TimeProvider.System, CancellationToken.None);
            await azurite.EndProcessAsync("KILL");
            await azurite.StartProcessAsync();
            kills++;
        }

        await stop.CancelAsync();
        await writing;
        var lost = 0;
        foreach (var (key, version) in acknowledged)
        {
            lost += (await store.GetVersionedAsync(key, CancellationToken.None))?.Version == version ? 0 : 1;
        }

        Console.WriteLine($"kills {kills}, acknowledged {acknowledged.Count}, lost {lost}, not acknowledged {outages}");
        return lost == 0 && !acknowledged.IsEmpty && kills > 0 ? 0 : 1;

        async Task WriteAsync(int writer)
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var key = $"{writer}:{number}";
                try
                {
                    acknowledged[key] = (await store.PutIfAbsentAsync(key, Encoding.UTF8.GetBytes(key), PutOptions.None, CancellationToken.None))!;
                }
                catch (KeyValueException)
                {
                    Interlocked.Increment(ref outages);
                }
            }
        }
    }

    private static ServiceProvider Compose(string connectionString)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("KeyValue:Provider", "table"), new("KeyValue:ConnectionString", connectionString)])
            .Build();
        return new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddSingleton(TimeProvider.System)
            .AddKeyValueStore(new SettingsReader(configuration))
            .BuildServiceProvider();
    }
}
