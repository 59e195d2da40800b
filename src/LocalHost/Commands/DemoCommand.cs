using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.LocalHost.Demo;
using TraderHub.LocalHost.Demo.Simulated;
using TraderHub.LocalHost.Hosting;
using TraderHub.LocalHost.Hosting.Timers;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>demo</c>: everything at once, with simulated upstreams, a signed-in trader, a signed-in developer, and no network.</summary>
internal static class DemoCommand
{
    /// <summary>Where the demo's data is unless <c>--data</c> says otherwise.</summary>
    public const string DefaultDirectory = "./demo-data";

    private static readonly Option<string> AccountOption = CreateAccountOption();

    public static Command Create()
    {
        var command = new Command("demo", "Serve with a simulated exchange, a simulated GitHub, a signed-in trader and a signed-in developer; needs no network.") { AccountOption, DemoLinkCommand.Create() };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.GetValue(CommandLine.DataOption) ?? DefaultDirectory;
        DemoSettings.RequireOwn(directory);
        await using var alone = DemoSettings.RunAlone(directory);
        var wallet = DemoSettings.LoadWallet(directory);
        var clock = TimeProvider.System;
        var accounts = SimulatedAccounts.For(wallet.Address, arguments.GetValue(AccountOption)!, clock.GetUtcNow());
        await using var exchange = await SimulatedExchange.StartAsync(accounts, new SimulatedExchangeOptions(), clock, cancellationToken);
        await using var quotes = await SimulatedQuotes.StartAsync(clock, cancellationToken);
        await using var gitHub = await SimulatedGitHub.StartAsync(clock, cancellationToken);
        await using var indices = await SimulatedIndices.StartAsync(clock, cancellationToken);
        await using var telegram = await SimulatedTelegram.StartAsync(clock, cancellationToken);
        var upstreams = new DemoUpstreams(exchange.Address, quotes.Address, gitHub.Address, indices.Address, telegram.Address);
        DemoSettings.Write(directory, upstreams, wallet);
        var settings = HostSettings.Load(directory);
        await DemoKeys.PutAsync(settings, clock, cancellationToken);
        await DemoHistory.MakeAsync(settings, clock.GetInstant(), cancellationToken);
        var options = new EmbeddedHostOptions
        {
            Settings = settings,
            Url = arguments.GetValue(CommandLine.UrlsOption)!,
            ConfigureServices = services => services.AddSingleton<IssueSignInCode>().AddSingleton(DemoLinkCommand.Hint(arguments)),
        };
        return await HostRun.RunAsync(
            options,
            arguments,
            async (host, output) =>
            {
                DemoSettings.WriteAddress(directory, host.Address);
                var developer = await DemoDeveloper.SignInAsync(host.Address, upstreams.GitHub, CancellationToken.None);
                await DemoReviews.MakeAsync(settings, developer.Id, clock.GetInstant(), CancellationToken.None);
                await PresentAsync(host, developer, wallet, upstreams.Telegram, directory, arguments, output);
            });
    }

    private static async Task PresentAsync(
        EmbeddedHost host, DemoDeveloper developer, DemoWallet wallet, Uri telegram, string directory, ParseResult arguments, TextWriter output)
    {
        var trader = await DemoTrader.SignInAsync(host.Address, wallet, CancellationToken.None);
        host.Services.GetRequiredService<TimerHost>().Listeners.Single(timer => timer.Name == nameof(CaptureSnapshots)).RequestRun();

        var code = await host.Services.GetRequiredService<IssueSignInCode>().ExecuteAsync(wallet.Address, CancellationToken.None);
        var guide = new DemoGuide(host.Address, trader, developer, DemoLinkCommand.LinkOf(host.Address, code), telegram, directory);
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

    private static Option<string> CreateAccountOption()
    {
        var option = new Option<string>("--account")
        {
            Description = "The account that the demo's wallet has on the simulated exchange: one in another mode, with positions on an exchange of somebody else (hip3), of an agent or a sub-account, or an empty one.",
            HelpName = string.Join('|', SimulatedAccounts.Kinds),
            DefaultValueFactory = _ => SimulatedAccounts.Kinds[0],
        };
        option.AcceptOnlyFromAmong([.. SimulatedAccounts.Kinds]);
        return option;
    }
}
