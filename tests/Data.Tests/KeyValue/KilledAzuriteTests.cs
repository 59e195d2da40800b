using System.Collections.Concurrent;
using TraderHub.Core.KeyValue;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

public sealed class KilledAzuriteTests
{
    private const int Writers = 4;

    private const int Rounds = 3;

    /// <summary>How many writes are acknowledged between one kill and the next, at least.</summary>
    private const int WritesARound = 40;

    [SkippableTheory]
    [InlineData("KILL", AzuriteData.SavedAtOnce)]
    [InlineData("INT", AzuriteData.SavedAtTheEnd)]
    public async Task KilledAndRestartedInTheMiddleOfWrites_HasEveryAcknowledgedWrite(string signal, AzuriteData data)
    {
        await using var azurite = await AzuriteServer.StartAsync(data);
        var store = new TableStore(azurite, TimeProvider.System, TableStore.NewTableName()).Store;
        var acknowledged = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));

        for (var round = 1; round <= Rounds; round++)
        {
            var seen = acknowledged.Count;
            await Eventually.TrueAsync(() => acknowledged.Count >= seen + WritesARound);
            await azurite.EndProcessAsync(signal);
            await azurite.StartProcessAsync();
        }

        var last = acknowledged.Count;
        await Eventually.TrueAsync(() => acknowledged.Count > last);
        await stop.CancelAsync();
        await writing;

        Assert.InRange(acknowledged.Count, Rounds * WritesARound, int.MaxValue);
        foreach (var (key, number) in acknowledged)
        {
            Assert.Equal($"{number}", Values.TextOf((await store.GetAsync(key, CancellationToken.None))!.Value));
        }

        async Task WriteAsync(int writer)
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var key = $"{writer}:{number}";
                try
                {
                    if (await store.PutIfAbsentAsync(key, Values.Text($"{number}"), PutOptions.None, CancellationToken.None) is not null)
                    {
                        acknowledged[key] = number;
                    }
                }
                catch (KeyValueException)
                {
                    // Not acknowledged: it may be there or not.
                }
            }
        }
    }
}
