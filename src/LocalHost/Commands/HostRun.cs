using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary>Runs a host until the process is told to stop: once, and it drains; twice, and it ends at once.</summary>
internal sealed class HostRun
{
    private const int ExitBySignal = 130;

    private EmbeddedHost? host;
    private int signals;
    private volatile bool isServing;

    /// <summary>Starts a host, lets it say what it serves, and waits for its end.</summary>
    public static async Task<int> RunAsync(EmbeddedHostOptions options, ParseResult arguments, Func<EmbeddedHost, TextWriter, Task> whenServing)
    {
        var run = new HostRun();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => run.Stop(isAtTerminal: false));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => run.Stop(isAtTerminal: !Console.IsInputRedirected));

        await using var host = await run.StartAsync(options, arguments.GetValue(CommandLine.VerboseOption));
        if (arguments.GetValue(CommandLine.JsonOption))
        {
            HostAnnouncement.Of(host).WriteJson(Console.Out);
        }
        else
        {
            HostAnnouncement.Of(host).Write(Console.Out);
        }

        await whenServing(host, Console.Out);
        await host.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    private void Stop(bool isAtTerminal)
    {
        if (Interlocked.Increment(ref signals) > 1)
        {
            Environment.Exit(ExitBySignal);
        }

        if (host is not { } serving)
        {
            return;
        }

        var drain = serving.Services.GetRequiredService<DrainService>();
        if (isAtTerminal)
        {
            drain.Skip();
        }

        var requests = serving.Services.GetRequiredService<HttpDispatcher>().Running;
        var more = drain.DrainTime > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"; more are accepted for {drain.DrainTime.TotalSeconds:0} s") : string.Empty;
        Console.Error.WriteLine($"Draining, {requests} {(requests == 1 ? "request" : "requests")}{more}. A second signal ends at once.");
    }

    private async Task<EmbeddedHost> StartAsync(EmbeddedHostOptions options, bool isVerbose)
    {
        try
        {
            host = await EmbeddedHost.StartAsync(options with { ConfigureLogging = logging => HostLogging.ToStandardError(logging, () => isServing || isVerbose) }, CancellationToken.None);
            isServing = true;
            return host;
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"{options.Url} cannot be listened on: {exception.Message} Stop what uses it, or choose another address, for example --urls http://127.0.0.1:0",
                exception);
        }
    }
}
