using Microsoft.Extensions.Hosting;

namespace TraderHub.LocalHost.Hosting;

/// <summary>Keeps the server accepting for a while after the signal to stop, so that a load balancer sees <c>/health</c> fail before connections do.</summary>
internal sealed class DrainService(DrainOptions options, TimeProvider clock) : IHostedLifecycleService
{
    private readonly TaskCompletionSource nobodyComes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long it will accept after a signal.</summary>
    public TimeSpan DrainTime => nobodyComes.Task.IsCompleted ? TimeSpan.Zero : options.DrainTime;

    /// <summary>Ends the waiting for requests that are still on their way: at a terminal nobody has any.</summary>
    public void Skip() => nobodyComes.TrySetResult();

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.WhenAny(nobodyComes.Task, Task.Delay(options.DrainTime, clock, cancellationToken));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
