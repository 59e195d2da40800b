using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Core.Signals.Telegram.Broadcasts;
using TraderHub.Core.Signals.Telegram.Commands;
using TraderHub.Core.Signals.Telegram.Updates;
using TraderHub.Data.Signals;

namespace TraderHub.Functions.Signals;

internal static class BotServices
{
    /// <summary>What the bot does: updates, its commands, broadcasts.</summary>
    public static IServiceCollection AddSignalsBot(this IServiceCollection services) => services
        .AddSignalsBotData()
        .AddCommands()
        .AddSingleton<PlanUpdate>()
        .AddSingleton<HandleUpdate>()
        .AddSingleton<WorkChat>()
        .AddSingleton<IWorkUpdates, WorkUpdates>()
        .AddSingleton<ReceiveUpdate>()
        .AddSingleton<Broadcast>()
        .AddSingleton<NotifyDeploy>();

    private static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton<LinkCommand>()
        .AddSingleton<ICommand>(provider => provider.GetRequiredService<LinkCommand>())
        .AddSingleton<ICommand, StartCommand>()
        .AddSingleton<ICommand, StopCommand>()
        .AddSingleton<ICommand, HelpCommand>()
        .AddSingleton<ICommand, NowCommand>()
        .AddSingleton<ICommand, WatchlistCommand>()
        .AddSingleton<ICommand, ExecuteCommand>()
        .AddSingleton<ICommand, ExecutionsCommand>()
        .AddSingleton<ICommand, SubscribersCommand>()
        .AddSingleton<ICommand, ForgetCommand>();
}
