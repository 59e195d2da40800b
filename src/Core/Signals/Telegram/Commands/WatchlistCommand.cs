using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/watchlist</c>, <c>/watchlist add T</c>, <c>/watchlist remove T</c>.</summary>
public sealed class WatchlistCommand(IChatStore chats, SignalsOptions options) : ICommand
{
    private const string Usage = "/watchlist add SPY";

    /// <inheritdoc />
    public string Name => "watchlist";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var chatId = context.ChatId;
        if (context.Arguments is [])
        {
            var tickers = (await chats.ReadAsync(chatId, cancellationToken)).Tickers;
            return CommandPlan.Answer($"<b>Watchlist</b>\n{string.Join('\n', tickers.Select(ticker => $"• {ticker}"))}");
        }

        if (context.Arguments is not [{ } verb, { } text])
        {
            return CommandPlan.Answer(BotTexts.Invalid("Write /watchlist, or /watchlist with add or remove and one ticker.", Usage));
        }

        if (Ticker.Normalize(text) is not { } ticker)
        {
            return CommandPlan.Answer(BotTexts.Invalid($"'{text}' is no ticker: {BotTexts.TickerRule}.", Usage));
        }

        return verb.ToLowerInvariant() switch
        {
            "add" => new([])
            {
                Change = new AddTicker(chatId, ticker, options.WatchlistLimit),
                Done = decision => [decision.Outcome == ChatOutcome.Unchanged ? $"{ticker} is on your watchlist already." : $"✅ {ticker} is on your watchlist."],
            },
            "remove" => new([])
            {
                Change = new RemoveTicker(chatId, ticker),
                Done = decision =>
                [
                    decision.Outcome switch
                    {
                        ChatOutcome.Absent or ChatOutcome.Unchanged => $"{ticker} is not on your watchlist.",
                        ChatOutcome.DefaultRestored => $"✅ {ticker} was the last ticker of your watchlist, which is SPY again.",
                        _ => $"✅ {ticker} is no longer on your watchlist.",
                    },
                ],
            },
            _ => CommandPlan.Answer(BotTexts.Invalid($"'{verb}' is neither add nor remove.", Usage)),
        };
    }
}
