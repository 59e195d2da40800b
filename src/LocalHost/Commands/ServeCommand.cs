using System.CommandLine;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>serve</c>: the functions on HTTP, and their timers.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve the functions and run their timers (the default).");
        command.SetAction(RunAsync);
        return command;
    }

    public static Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new EmbeddedHostOptions
        {
            Settings = HostSettings.Load(arguments.GetValue(CommandLine.DataOption)),
            Url = arguments.GetValue(CommandLine.UrlsOption)!,
        };
        return HostRun.RunAsync(options, arguments, (_, output) => output.WriteLineAsync("TraderHub ready"));
    }
}
