using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/executions [T]</c>: what was recorded, newest first.</summary>
public sealed class ExecutionsCommand(IChatStore chats) : ICommand
{
    /// <inheritdoc />
    public string Name => "executions";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wanted = context.Arguments is [{ } text] ? Ticker.Normalize(text) : null;
        if (context.Arguments is not [] && wanted is null)
        {
            return CommandPlan.Answer(BotTexts.Invalid($"Write one ticker or none: {BotTexts.TickerRule}.", "/executions SPY"));
        }

        // Of two at one moment, the one that was recorded later is the newer.
        var executions = (await chats.ReadAsync(context.ChatId, cancellationToken)).Executions
            .Where(execution => wanted is null || execution.Ticker == wanted)
            .Reverse()
            .OrderByDescending(execution => execution.ExecutionDate)
            .Select(BotTexts.Execution)
            .ToList();
        return CommandPlan.Answer(executions.Count > 0 ? string.Join('\n', executions) : $"No executions{(wanted is null ? string.Empty : $" of {wanted}")} yet.");
    }
}
