using TraderHub.Core.Signals.Telegram.Forgetting;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/forget</c>, and within five minutes <c>/forget CONFIRM</c>: deletes everything that is stored of the chat.</summary>
public sealed class ForgetCommand(ForgetChat forget, ITelegramBot bot) : ICommand
{
    /// <inheritdoc />
    public string Name => "forget";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.IsGroup && !await IsByAdministratorAsync(context, cancellationToken))
        {
            return CommandPlan.Answer("❌ In a group only its administrators can delete what is stored about it.");
        }

        if (context.Arguments is ["CONFIRM"])
        {
            if (!await forget.MayBeConfirmedAsync(context.ChatId, context.At, cancellationToken))
            {
                return CommandPlan.Answer("❌ Nothing was deleted: write /forget first, and /forget CONFIRM within five minutes.");
            }

            if (await forget.DeleteKeysAsync(context.ChatId, cancellationToken) is { } error)
            {
                return CommandPlan.Later(error);
            }

            return CommandPlan.Answer(
                "✅ Everything that was stored about this chat is deleted. Exports and backups that were made before still have it until their own time is over; ask the operator.")
                with
            { AtEnd = token => forget.DeleteRowsAsync(context.ChatId, token) };
        }

        await forget.AskAsync(context.ChatId, cancellationToken);
        return CommandPlan.Answer(
            "⚠️ This deletes the subscription, the watchlist, all positions and executions of this chat, and its link to an account. Write <code>/forget CONFIRM</code> within five minutes to do so.");
    }

    private async Task<bool> IsByAdministratorAsync(CommandContext context, CancellationToken cancellationToken) =>
        context.IsByGroup || (context.UserId is { } userId && await bot.IsAdministratorAsync(context.ChatId, userId, cancellationToken) == true);
}
