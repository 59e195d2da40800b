using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.LocalHost.Demo;
using TraderHub.LocalHost.Hosting;
using TraderHub.LocalHost.Hosting.Timers;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>demo</c>: everything at once, with a simulated exchange and a signed-in trader, and no network.</summary>
internal static class DemoCommand
{
    private const string DefaultDirectory = "./demo-data";

    public static Command Create()
    {
        var command = new Command("demo", "Serve with a simulated exchange and a signed-in trader; needs no network.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.GetValue(CommandLine.DataOption) ?? DefaultDirectory;
        var wallet = DemoSettings.LoadWallet(directory);
        await using var exchange = await SimulatedExchange.StartAsync(wallet.Address, TimeProvider.System, cancellationToken);
        await using var quotes = await SimulatedQuotes.StartAsync(TimeProvider.System, cancellationToken);
        DemoSettings.Write(directory, exchange.Address, quotes.Address, wallet);
        var settings = DemoSettings.Load(directory, exchange.Address, quotes.Address);
        await DemoHistory.MakeAsync(settings, TimeProvider.System.GetInstant(), cancellationToken);
        var options = new EmbeddedHostOptions
        {
            Settings = settings,
            Url = arguments.GetValue(CommandLine.UrlsOption)!,
        };
        return await HostRun.RunAsync(options, arguments, (host, output) => PresentAsync(host, wallet, directory, arguments, output));
    }

    private static async Task PresentAsync(EmbeddedHost host, DemoWallet wallet, string directory, ParseResult arguments, TextWriter output)
    {
        var trader = await DemoTrader.SignInAsync(host.Address, wallet, CancellationToken.None);
        host.Services.GetRequiredService<TimerHost>().Listeners.Single(timer => timer.Name == nameof(CaptureSnapshots)).RequestRun();

        var guide = new DemoGuide(host.Address, trader, directory);
        if (arguments.GetValue(CommandLine.JsonOption))
        {
            guide.WriteJson(output);
        }
        else
        {
            guide.Write(output);
        }

        await output.WriteLineAsync("TraderHub ready");
    }
}
