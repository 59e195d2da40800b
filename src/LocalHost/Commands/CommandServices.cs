using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Platform;
using TraderHub.Functions;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary>What a command works with, without a host.</summary>
internal static class CommandServices
{
    /// <summary>The whole application; on the data of another folder than the settings name, when one is given.</summary>
    public static ServiceProvider Compose(ParseResult arguments, string? otherData = null) =>
        Compose(arguments, SettingsOf(arguments, otherData), (services, settings) => services.AddTraderHub(settings));

    /// <summary>The parts of the application that a command needs.</summary>
    public static ServiceProvider Compose(ParseResult arguments, IConfiguration configuration, Action<IServiceCollection, SettingsReader> add)
    {
        var settings = new SettingsReader(configuration);
        var services = new ServiceCollection()
            .AddLogging(HostLogging.Of(arguments.GetValue(CommandLine.VerboseOption)))
            .AddSingleton(configuration)
            .AddSingleton(TimeProvider.System);
        add(services, settings);
        settings.ThrowIfInvalid();
        return services.BuildServiceProvider();
    }

    /// <summary>The settings of a command.</summary>
    public static IConfiguration SettingsOf(ParseResult arguments, string? otherData = null)
    {
        var settings = HostSettings.Load(arguments.GetValue(CommandLine.DataOption));
        return otherData is null
            ? settings
            : new ConfigurationBuilder().AddConfiguration(settings).AddInMemoryCollection([new(HostSettings.DirectoryKey, otherData)]).Build();
    }
}
