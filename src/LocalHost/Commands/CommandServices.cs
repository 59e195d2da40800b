using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Platform;
using TraderHub.Functions;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary>The whole application for a command, without a host.</summary>
internal static class CommandServices
{
    public static ServiceProvider Compose(ParseResult arguments)
    {
        var configuration = HostSettings.Load(arguments.GetValue(CommandLine.DataOption));
        var settings = new SettingsReader(configuration);
        var services = new ServiceCollection().AddLogging(HostLogging.ToStandardError).AddSingleton(configuration).AddTraderHub(settings);
        settings.ThrowIfInvalid();
        return services.BuildServiceProvider();
    }
}
