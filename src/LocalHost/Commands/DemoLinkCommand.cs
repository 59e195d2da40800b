using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data;
using TraderHub.Functions.Pages;
using TraderHub.LocalHost.Demo;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>demo link</c>: another link that signs a browser in to a demo that is running (rule A12).</summary>
internal static class DemoLinkCommand
{
    public static Command Create()
    {
        var command = new Command("link", "Print a link that signs a browser in to the running demo, once, within a minute.");
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>What the demo's first page says of this command.</summary>
    public static DemoHint Hint(ParseResult arguments)
    {
        var data = arguments.GetValue(CommandLine.DataOption) is { } directory ? $" --data {directory}" : string.Empty;
        return new($"dotnet run --project src/LocalHost -- demo link{data}");
    }

    /// <summary>The link of a code.</summary>
    public static Uri LinkOf(Uri address, string code) => new(address, $"/signin/code/{code}");

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.GetValue(CommandLine.DataOption) ?? DemoCommand.DefaultDirectory;
        if (!Directory.Exists(directory))
        {
            throw new InvalidDataException($"There is no demo in '{directory}'. Start one with the command demo, or name its folder with --data.");
        }

        var address = arguments.GetResult(CommandLine.UrlsOption) is { Implicit: false } ? new Uri(arguments.GetValue(CommandLine.UrlsOption)!) : DemoSettings.ReadAddress(directory);
        await using var services = CommandServices.Compose(arguments, HostSettings.Load(directory), (parts, settings) => parts
            .AddDatabases(settings).AddTradingData(settings).AddSingleton<IssueSignInCode>());
        var wallet = DemoSettings.LoadWallet(directory);
        var code = await services.GetRequiredService<IssueSignInCode>().ExecuteAsync(wallet.Address, cancellationToken);
        var link = LinkOf(address, code).ToString();
        await Console.Out.WriteLineAsync(arguments.GetValue(CommandLine.JsonOption) ? $"{{\"dashboard\":{JsonSerializer.Serialize(link)}}}" : link);
        return 0;
    }
}
