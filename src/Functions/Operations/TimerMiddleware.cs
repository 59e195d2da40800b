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

/// <summary>Names the run in everything it logs, and switches all timers off where that is set.</summary>
internal sealed class TimerMiddleware(TimersOptions options, ILogger<TimerMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private static readonly Func<ILogger, string, string, IDisposable?> BeginScope =
        LoggerMessage.DefineScope<string, string>("{InvocationId} {Function}");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!options.Enabled)
        {
            return;
        }

        using (BeginScope(logger, context.InvocationId, context.FunctionDefinition.Name))
        {
            await next(context);
        }
    }
}
