using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Telegram.Commands;

namespace TraderHub.Core.Signals.Telegram.Broadcasts;

/// <summary>
/// Sends every subscriber the signals of the watchlist when the stock market is fearful. Messages are named by the broadcast's time, so that one that is run again, after
/// a kill or on another instance, adds what is missing and nothing twice.
/// </summary>
public sealed class Broadcast(
    ISubscriptionRepository subscriptions, IChatStore chats, IReadMarket market, ITelegramOutbox outbox, ITelegramBot bot, SignalsOptions options, TimeProvider clock)
{
    /// <summary>Adds the messages, which the outbox sends; why there are none, or null.</summary>
    /// <param name="name">Which broadcast of the day it is.</param>
    /// <param name="run">Counts the chats.</param>
    /// <param name="cancellationToken">Ends it; what was added is sent.</param>
    public async Task<string?> ExecuteAsync(string name, CronRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var now = clock.GetInstant();
        var today = BusinessDate.Of(now);
        if (!bot.IsConfigured || ExchangeCalendar.IsWeekend(today))
        {
            return bot.IsConfigured ? "it is the weekend in New York" : "no bot is configured";
        }

        if (SignalCalendar.HolidayOn(today) is { } holiday)
        {
            return $"the market is closed: {holiday.Name}";
        }

        var slot = $"broadcast:{today.ToIso()}:{name}";
        if (await market.ReadIndexAsync(FearGreedMarket.Stocks, cancellationToken) is not { } index)
        {
            await TellAdministratorAsync($"{slot}:index", $"❌ {name} was not sent: the Fear &amp; Greed Index is not available.", cancellationToken);
            return "the index is not available";
        }

        if (!index.IsFear)
        {
            return $"the index says {index.Rating}";
        }

        foreach (var chatId in await subscriptions.GetChatIdsAsync(cancellationToken))
        {
            if (await SendAsync(slot, chatId, BotTexts.Index(index, now), cancellationToken) is { } failure)
            {
                run.Failed(failure);
            }
            else
            {
                run.Processed();
            }
        }

        if (run.UsersFailed > 0)
        {
            await TellAdministratorAsync(
                $"{slot}:failures", $"⚠️ {name} could not be prepared for {run.UsersFailed} of {run.UsersFailed + run.UsersProcessed} chats.", cancellationToken);
        }

        return null;
    }

    /// <summary>Why a chat gets nothing, or null: what cannot be read of one costs the others nothing.</summary>
    private async Task<string?> SendAsync(string slot, string chatId, string index, CancellationToken cancellationToken)
    {
        try
        {
            var chat = await chats.ReadAsync(chatId, cancellationToken);
            var messages = new List<OutgoingMessage>();
            foreach (var ticker in chat.Tickers)
            {
                var position = chat.Positions.LastOrDefault(held => held.Ticker == ticker);
                var signal = await market.ReadSignalAsync(ticker, position, cancellationToken);
                messages.Add(new(chatId, $"{slot}:{chatId}:{ticker}", $"{index}\n{BotTexts.Signal(signal)}"));
            }

            await outbox.AddAsync(messages, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is StorageException or KeyValueException or UnreadableDataException)
        {
            return exception.Message;
        }
    }

    private Task TellAdministratorAsync(string key, string html, CancellationToken cancellationToken) => options.AdminChatId is { } admin
        ? outbox.AddAsync([new(admin, key, html)], cancellationToken)
        : Task.CompletedTask;
}
