using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/now [T]</c>: the signals of the watchlist or of one ticker, whatever the market's mood.</summary>
public sealed class NowCommand(IChatStore chats, IReadMarket market, TimeProvider clock) : ICommand
{
    /// <inheritdoc />
    public string Name => "now";

    /// <inheritdoc />
    public async Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wanted = context.Arguments is [{ } text] ? Ticker.Normalize(text) : null;
        if (context.Arguments is not [] && wanted is null)
        {
            return CommandPlan.Answer(BotTexts.Invalid($"Write one ticker or none: {BotTexts.TickerRule}.", "/now SPY"));
        }

        var now = clock.GetInstant();
        var chat = await chats.ReadAsync(context.ChatId, cancellationToken);
        var index = await market.ReadIndexAsync(FearGreedMarket.Stocks, cancellationToken);
        var answers = new List<string>();
        if (SignalCalendar.HolidayOn(BusinessDate.Of(now)) is { } holiday)
        {
            answers.Add($"🏖 The market is closed today: {TelegramText.Escape(holiday.Name)}.");
        }

        foreach (var ticker in wanted is null ? chat.Tickers : [wanted])
        {
            var position = chat.Positions.LastOrDefault(held => held.Ticker == ticker);
            var signal = BotTexts.Signal(await market.ReadSignalAsync(ticker, position, cancellationToken));
            answers.Add(index is null ? $"The Fear &amp; Greed Index is not available.\n{signal}"
                : index.IsFear || wanted is not null ? $"{BotTexts.Index(index, now)}\n{signal}"
                : signal);
        }

        return CommandPlan.Answer(answers);
    }
}
