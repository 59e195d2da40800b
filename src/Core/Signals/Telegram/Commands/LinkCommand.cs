using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/link CODE</c>: connects the chat to the trader who was given the code, for alerts.</summary>
public sealed class LinkCommand(IChatLinks links) : ICommand
{
    /// <inheritdoc />
    public string Name => "link";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Arguments is not [{ } code])
        {
            return CommandPlan.Answer(BotTexts.Invalid("Write the code that TraderHub shows you.", "/link ABCD2345"));
        }

        var linked = await TryLinkAsync(context.ChatId, code, cancellationToken);
        return CommandPlan.Answer(linked.Match(_ => "🔗 This chat is linked to your TraderHub account.", BotTexts.Refused));
    }

    /// <summary>Links a chat by a code.</summary>
    internal Task<Result<string>> TryLinkAsync(string chatId, string code, CancellationToken cancellationToken) => links.LinkAsync(chatId, code, cancellationToken);
}
