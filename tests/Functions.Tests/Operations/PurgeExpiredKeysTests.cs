using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Functions.Operations;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Operations;

public sealed class PurgeExpiredKeysTests
{
    [Fact]
    public async Task Run_RemovesWhatExpired()
    {
        await using var host = await TestHost.StartAsync();
        var store = host.Services.GetRequiredService<IKeyValueStore>();
        await store.PutAsync("short", default, new PutOptions(TimeToLive: Duration.FromSeconds(60)), CancellationToken.None);
        await store.PutAsync("permanent", default, PutOptions.None, CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Accepted, (await host.RunTimerAsync("PurgeExpiredKeys")).StatusCode);

        await Eventually.TrueAsync(() => host.Query<string>("SELECT status FROM cron_logs WHERE job_name = 'PurgeExpiredKeys' AND status = 'completed'").Count == 1);
        Assert.Equal(0, await host.Services.GetRequiredService<IExpiredKeys>().PurgeAsync(CancellationToken.None));
        Assert.NotNull(await store.GetAsync("permanent", CancellationToken.None));
    }

    [Fact]
    public async Task Run_ThatIsPastDue_DoesNothing()
    {
        await using var host = await TestHost.StartAsync();
        var timers = ActivatorUtilities.CreateInstance<OperationsTimers>(host.Services);

        await timers.PurgeExpiredKeys(new TimerInfo { IsPastDue = true }, CancellationToken.None);

        Assert.Empty(host.Query<string>("SELECT status FROM cron_logs WHERE job_name = 'PurgeExpiredKeys'"));
    }
}
