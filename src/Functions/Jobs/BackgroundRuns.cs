using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraderHub.Functions.Jobs;

/// <summary>Runs that go on after their caller was answered. When the host stops they are told to, and it waits until each has written its end.</summary>
public sealed partial class BackgroundRuns(ILogger<BackgroundRuns> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Guid, Task> running = new();

    /// <summary>Starts a run.</summary>
    public void Start(string name, Func<CancellationToken, Task> work)
    {
        var id = Guid.NewGuid();
        running[id] = Task.Run(() => RunAsync(name, work), CancellationToken.None).ContinueWith(
            _ => running.TryRemove(id, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Values).WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => stopping.Dispose();

    private async Task RunAsync(string name, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(stopping.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Its caller has gone; the run itself has kept its end.
            LogFailed(name, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The run {Run} failed")]
    private partial void LogFailed(string run, Exception exception);
}
