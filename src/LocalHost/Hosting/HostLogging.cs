using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace TraderHub.LocalHost.Hosting;

/// <summary>The host's log: readable lines on a terminal, JSON lines for everything else, always on standard error.</summary>
internal static class HostLogging
{
    private const string UtcTimestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>The log of a command: what it has to say it says itself, and a failure in a sentence.</summary>
    public static Action<ILoggingBuilder> Of(bool isVerbose) => isVerbose ? ToStandardError : _ => { };

    /// <summary>The log of a host. What fails the start is thrown too, and told to the operator in a sentence: until it serves, the data's errors are not logged.</summary>
    public static void ToStandardError(ILoggingBuilder logging, Func<bool> isServing)
    {
        ToStandardError(logging);
        logging.AddFilter("TraderHub.Data", level => level >= LogLevel.Information && (level < LogLevel.Error || isServing()));
    }

    public static void ToStandardError(ILoggingBuilder logging)
    {
        if (Console.IsErrorRedirected)
        {
            logging.AddJsonConsole(options =>
            {
                options.IncludeScopes = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = UtcTimestamp.TrimEnd();
            });
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = UtcTimestamp;
            });
        }

        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
