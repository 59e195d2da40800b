using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Stages;

namespace TraderHub.Functions.Migration;

/// <summary>Gives this instance's signs of life, so that who moves a group knows whom to wait for. Without the key-value store there are none, and the host goes on.</summary>
internal sealed partial class Heartbeats(Instances instances, TimeProvider clock, ILogger<Heartbeats> logger) : BackgroundService
{
    private bool isFailing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await instances.LeaveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is KeyValueException or OperationCanceledException)
        {
            // It is taken for dead after a while.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host does not wait for the store.
        await Task.Yield();
        using var timer = new PeriodicTimer(Instances.Interval, clock);
        do
        {
            await BeatAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await instances.BeatAsync(cancellationToken);
            isFailing = false;
        }
        catch (KeyValueException exception)
        {
            // One line when it begins to fail, not one every three seconds.
            if (!isFailing)
            {
                LogFailing(exception.Message);
            }

            isFailing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This instance gives no signs of life: {Reason}")]
    private partial void LogFailing(string reason);
}
