using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/start</c>: the chat receives broadcasts. A word after it that is a link code links the chat too.</summary>
public sealed class StartCommand(LinkCommand link) : ICommand
{
    /// <inheritdoc />
    public string Name => "start";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var linked = context.Arguments is [{ } payload] && await link.TryLinkAsync(context.ChatId, payload, cancellationToken) is { Error: null }
            ? "\n🔗 This chat is linked to your TraderHub account."
            : string.Empty;
        return new([])
        {
            Change = new Subscribe(context.ChatId),
            Done = decision =>
            [
                (decision.Outcome == ChatOutcome.Unchanged
                    ? "✅ You are subscribed already. /help lists the commands."
                    : "✅ Subscribed. You receive signals when the market is fearful; your watchlist begins with SPY. /help lists the commands.") + linked,
            ],
        };
    }
}

/// <summary><c>/stop</c>: the chat receives no more broadcasts; its data stay.</summary>
public sealed class StopCommand : ICommand
{
    /// <inheritdoc />
    public string Name => "stop";

    /// <inheritdoc />
    public Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(new CommandPlan([])
        {
            Change = new Unsubscribe(context.ChatId),
            Done = decision =>
            [
                decision.Outcome is ChatOutcome.Unchanged or ChatOutcome.Absent
                    ? "You were not subscribed. /start subscribes you."
                    : "✅ Unsubscribed. Your watchlist and history stay; /start brings the signals back, /forget deletes everything.",
            ],
        });
    }
}

/// <summary><c>/help</c>: what the commands are.</summary>
public sealed class HelpCommand : ICommand
{
    /// <inheritdoc />
    public string Name => "help";

    /// <inheritdoc />
    public Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken) => Task.FromResult(CommandPlan.Answer(BotTexts.Help));
}
