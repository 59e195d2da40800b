using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/subscribers</c>: who receives broadcasts, for the administrator's chat alone. That a chat's name cannot be read ends no subscription.</summary>
public sealed class SubscribersCommand(ISubscriptionRepository subscriptions, ITelegramBot bot, SignalsOptions options) : ICommand
{
    /// <summary>How many names are asked for; the others are listed by their ids.</summary>
    private const int MostNames = 200;

    private const int AtOnce = 8;

    /// <inheritdoc />
    public string Name => "subscribers";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.ChatId != options.AdminChatId)
        {
            return CommandPlan.Silence;
        }

        var chatIds = await subscriptions.GetChatIdsAsync(cancellationToken);
        var lines = chatIds.Select(chatId => $"User {chatId}").ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, Math.Min(lines.Length, MostNames)), parallel, async (i, token) =>
        {
            if (await bot.FindChatTitleAsync(chatIds[i], token) is { } title)
            {
                lines[i] = TelegramText.Escape(title);
            }
        });
        var numbered = lines.Select((line, i) => $"{i + 1}. {line}");
        return CommandPlan.Answer(string.Join('\n', [$"Total subscribers: {lines.Length}", string.Empty, .. numbered]));
    }
}
