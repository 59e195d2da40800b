using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Operations;
using TraderHub.Functions.Http;
using TraderHub.Functions.Operations;

namespace TraderHub.LocalHost.Hosting.Timers;

/// <summary>Runs all timer functions while the host runs. They begin once it serves, and start nothing new once it is told to stop.</summary>
internal sealed partial class TimerHost : IHostedLifecycleService
{
    private readonly IServiceScopeFactory scopes;
    private readonly IHostApplicationLifetime lifetime;
    private readonly TimeProvider clock;
    private readonly HostJson hostJson;
    private readonly ILogger<TimerHost> logger;
    private readonly FunctionExecutionDelegate run;
    private Task listening = Task.CompletedTask;

    public TimerHost(
        FunctionCatalog catalog,
        WorkerPipeline pipeline,
        IFunctionExecutor executor,
        HostJson hostJson,
        IConfiguration settings,
        TimerRecorder recorder,
        ITimerStatusStore store,
        IServiceScopeFactory scopes,
        IHostApplicationLifetime lifetime,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        this.scopes = scopes;
        this.lifetime = lifetime;
        this.clock = clock;
        this.hostJson = hostJson;
        logger = loggers.CreateLogger<TimerHost>();
        run = pipeline.Build(executor);
        Listeners = catalog.Timers.Select(Listen).ToList();

        TimerListener Listen(TimerFunction function)
        {
            var schedule = TimerSchedule.Parse(function.Trigger.Schedule, settings);
            var definition = new LocalFunctionDefinition(function.Name, function.Method, "timerTrigger");
            return new TimerListener(
                function.Name,
                schedule,
                recorder.Remembers(function.Name),
                function.Trigger.RunOnStartup,
                (timer, stopping) => InvokeAsync(definition, timer, stopping),
                store,
                clock,
                loggers.CreateLogger<TimerListener>());
        }
    }

    /// <summary>The timers, by name.</summary>
    public IReadOnlyList<TimerListener> Listeners { get; }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        listening = Task.WhenAll(Listeners.Select(listener => Task.Run(() => listener.ListenAsync(lifetime.ApplicationStopping), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await listening.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task InvokeAsync(LocalFunctionDefinition definition, TimerInfo timer, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var timeout = new CancellationTokenSource(hostJson.FunctionTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        using var warning = timeout.Token.Register(() => LogTimeout(definition.Name, hostJson.FunctionTimeout));
        var context = new LocalFunctionContext(definition, scope.ServiceProvider, either.Token);
        context.Features.Set(timer);

        var started = clock.GetTimestamp();
        await run(context);
        var elapsedMs = clock.GetElapsedTime(started).TotalMilliseconds;
        LogDone(definition.Name, timer.IsPastDue, elapsedMs, context.InvocationId);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Timer {Function} ran (past due: {IsPastDue}) in {ElapsedMs:0} ms (invocation {InvocationId})")]
    private partial void LogDone(string function, bool isPastDue, double elapsedMs, string invocationId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Timer {Function} was told to stop after {Timeout} (functionTimeout); it will not be started again before it has ended")]
    private partial void LogTimeout(string function, TimeSpan timeout);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer function did not stop in time and is abandoned; it runs again at the next start")]
    private partial void LogAbandoned();
}
