using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram.Commands;

namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>Decides what an update asks for.</summary>
public sealed class PlanUpdate(IEnumerable<ICommand> commands, ITelegramBot bot, IChatMoves moves, IMoveChat moveChat, ITelegramChats telegramChats)
{
    private readonly Dictionary<string, ICommand> commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>What is to be done and answered.</summary>
    /// <exception cref="UpstreamException">The bot's own name is needed and not known.</exception>
    public async Task<CommandPlan> ExecuteAsync(IncomingUpdate update, Instant receivedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        var chatId = await moves.FindAsync(update.ChatId!, cancellationToken) ?? update.ChatId!;
        switch (update.Kind)
        {
            case UpdateKind.Command:
                return await PlanCommandAsync(update, receivedAt, chatId, cancellationToken);
            case UpdateKind.BotLeft:
                return new([]) { Change = new Unsubscribe(chatId) };
            case UpdateKind.BotJoined:
                await telegramChats.SetFoundAsync(chatId, cancellationToken);
                return CommandPlan.Silence;
            case UpdateKind.MovedTo:
                await moveChat.ExecuteAsync(update.ChatId!, update.OtherChatId!, cancellationToken);
                return CommandPlan.Silence;
            case UpdateKind.MovedFrom:
                await moveChat.ExecuteAsync(update.OtherChatId!, update.ChatId!, cancellationToken);
                return CommandPlan.Silence;
            default:
                return CommandPlan.Silence;
        }
    }

    private async Task<CommandPlan> PlanCommandAsync(IncomingUpdate update, Instant receivedAt, string chatId, CancellationToken cancellationToken)
    {
        if (CommandText.Parse(update.Text!) is not { } text || !commands.TryGetValue(text.Name, out var command))
        {
            return CommandPlan.Silence;
        }

        if (text.Bot is not null)
        {
            var name = await bot.FindNameAsync(cancellationToken)
                ?? throw new UpstreamException("Telegram", UpstreamFailure.Unreachable, "has not told the bot's name yet.");
            if (!text.IsFor(name))
            {
                return CommandPlan.Silence;
            }
        }

        return await command.PlanAsync(
            new(chatId, text.Arguments) { At = receivedAt, IsGroup = update.IsGroup, UserId = update.UserId, IsByGroup = update.IsByGroup }, cancellationToken);
    }
}
