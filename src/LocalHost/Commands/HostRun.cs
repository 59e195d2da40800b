using System.CommandLine;
using System.Runtime.InteropServices;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary>Runs a host until the process is told to stop: once, and it drains; twice, and it ends at once.</summary>
internal static class HostRun
{
    private const int ExitBySignal = 130;

    /// <summary>Starts a host, lets it say what it serves, and waits for its end.</summary>
    public static async Task<int> RunAsync(EmbeddedHostOptions options, ParseResult arguments, Func<EmbeddedHost, TextWriter, Task> whenServing)
    {
        var signals = 0;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => EndOnSecond());
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => EndOnSecond());

        await using var host = await StartAsync(options);
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

        void EndOnSecond()
        {
            if (Interlocked.Increment(ref signals) > 1)
            {
                Environment.Exit(ExitBySignal);
            }
        }
    }

    private static async Task<EmbeddedHost> StartAsync(EmbeddedHostOptions options)
    {
        try
        {
            return await EmbeddedHost.StartAsync(options, CancellationToken.None);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"{options.Url} cannot be listened on: {exception.Message} Stop what uses it, or choose another address, for example --urls http://127.0.0.1:0",
                exception);
        }
    }
}
