using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Operations;

/// <summary>Whether timers do anything.</summary>
/// <param name="Enabled">False makes every timer function return at once.</param>
public sealed record TimersOptions(bool Enabled)
{
    /// <summary>Reads the settings of the section <c>Timers</c>.</summary>
    public static TimersOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Flag("Timers:Enabled", true));
    }
}

/// <summary>Names the run in everything it logs, has it remembered, and switches all timers off where that is set.</summary>
internal sealed class TimerMiddleware(TimersOptions options, TimerRecorder recorder, ILogger<TimerMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private static readonly Func<ILogger, string, string, IDisposable?> BeginScope =
        LoggerMessage.DefineScope<string, string>("{InvocationId} {Function}");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var timer = context.FunctionDefinition.Name;
        if (!options.Enabled)
        {
            await recorder.SkipAsync(timer);
            return;
        }

        using (BeginScope(logger, context.InvocationId, timer))
        {
            await recorder.BeginAsync(timer);
            var succeeded = false;
            try
            {
                await next(context);
                succeeded = true;
            }
            finally
            {
                // A run that was broken off has no end, by which the next start knows it.
                if (succeeded || !context.CancellationToken.IsCancellationRequested)
                {
                    await recorder.EndAsync(timer, succeeded);
                }
            }
        }
    }
}
