using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>What a change does to a chat (rules F1 to F5). The same change on the same state is always decided the same.</summary>
public static class ChatRules
{
    /// <summary>What a chat follows that never chose.</summary>
    public static IReadOnlyList<string> DefaultWatchlist { get; } = ["SPY"];

    /// <summary>A watchlist that has no room for another ticker.</summary>
    public const string WatchlistFull = "WATCHLIST_FULL";

    /// <summary>A month in which the chat's owner has acted on a signal already.</summary>
    public const string MonthUsed = "MONTH_USED";

    private static readonly long FirstMoment = new LocalDate(1, 1, 1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToUnixTimeMilliseconds();

    private static readonly long LastMoment = Instant.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Decides a change; a refusal when the rules are against it.</summary>
    public static Result<ChatDecision> Decide(ChatChange change, ChatState state)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(state);
        return FindProblem(change) is { } problem
            ? problem
            : change switch
            {
                Chats.Subscribe => Subscribe(state),
                Unsubscribe => state.IsSubscribed ? new ChatDecision(ChatOutcome.Done) { IsSubscribed = false } : new ChatDecision(ChatOutcome.Absent),
                AddTicker add => Add(add, state),
                RemoveTicker remove => Remove(remove.Ticker, state),
                SetWatchlist set => Set(set, state),
                Execute execute => Execute(execute, state),
                RecordExecution record => Record(record.Execution),
                SetPosition set => Set(new HeldPosition(set.Ticker, set.EntryPrice), state),
                ClearPosition clear => Holds(state, clear.Ticker)
                    ? new ChatDecision(ChatOutcome.Done) { ClosedTicker = clear.Ticker }
                    : new ChatDecision(ChatOutcome.Absent),
                _ => throw new ArgumentException($"There is no change '{change.GetType().Name}'.", nameof(change)),
            };
    }

    /// <summary>Whether a price can be one of an execution or a position.</summary>
    public static bool IsPrice(double price) => double.IsFinite(price) && price > 0;

    /// <summary>Whether a moment, in unix milliseconds, is of a date that calendars have: of the years 1 to 9999.</summary>
    public static bool IsDate(long moment) => moment >= FirstMoment && moment <= LastMoment;

    private static Result<ChatDecision> Subscribe(ChatState state) => state.IsSubscribed
        ? new ChatDecision(ChatOutcome.Unchanged)
        : new ChatDecision(ChatOutcome.Done) { IsSubscribed = true, Watchlist = state.Watchlist is { Count: > 0 } ? null : DefaultWatchlist };

    private static Result<ChatDecision> Add(AddTicker add, ChatState state)
    {
        if (state.Tickers.Contains(add.Ticker))
        {
            return new ChatDecision(ChatOutcome.Unchanged);
        }

        return state.Tickers.Count >= add.Limit ? Full(add.Limit) : new ChatDecision(ChatOutcome.Done) { Watchlist = [.. state.Tickers, add.Ticker] };
    }

    private static Result<ChatDecision> Remove(string ticker, ChatState state)
    {
        if (!state.Tickers.Contains(ticker))
        {
            return new ChatDecision(ChatOutcome.Absent);
        }

        return state.Tickers.Count == 1
            ? new ChatDecision(ChatOutcome.DefaultRestored) { Watchlist = DefaultWatchlist }
            : new ChatDecision(ChatOutcome.Done) { Watchlist = [.. state.Tickers.Where(other => other != ticker)] };
    }

    private static Result<ChatDecision> Set(SetWatchlist set, ChatState state)
    {
        var tickers = set.Tickers.Count == 0 ? DefaultWatchlist : [.. set.Tickers.Distinct(StringComparer.Ordinal)];
        if (tickers.Count > set.Limit)
        {
            return Full(set.Limit);
        }

        return state.Watchlist is { } watchlist && watchlist.SequenceEqual(tickers)
            ? new ChatDecision(ChatOutcome.Unchanged)
            : new ChatDecision(ChatOutcome.Done) { Watchlist = tickers };
    }

    private static Result<ChatDecision> Execute(Execute execute, ChatState state)
    {
        if (state.Executions.Count > 0 && MonthOf(state.Executions.Max(execution => execution.ExecutionDate)) == MonthOf(execute.Now))
        {
            return new Error(ErrorKind.RuleBroken, MonthUsed, "A signal of this month was acted on already; the next one counts from the first of next month, in UTC.");
        }

        return Record(new(Holds(state, execute.Ticker) ? "SELL" : "BUY", execute.Ticker, execute.Price, execute.Date, SignalPrice: null));
    }

    /// <summary>
    /// A sale without a position is recorded too: what was bought before the bot knew of it can be sold. A purchase comes onto the watchlist also when that is full, for the
    /// limit is for what is chosen, and a position that nobody watches would never be sold.
    /// </summary>
    private static Result<ChatDecision> Record(ExecutedSignal execution) => execution.SignalType == "SELL"
        ? new ChatDecision(ChatOutcome.Done) { Execution = execution, ClosedTicker = execution.Ticker }
        : new ChatDecision(ChatOutcome.Done) { Execution = execution, Position = new(execution.Ticker, execution.ExecutionPrice), AddedTicker = execution.Ticker };

    /// <summary>The position that is set is the newest, so that one which is the same but older is set again.</summary>
    private static Result<ChatDecision> Set(HeldPosition position, ChatState state) => state.Positions.Count > 0 && state.Positions[^1] == position
        ? new ChatDecision(ChatOutcome.Unchanged)
        : new ChatDecision(ChatOutcome.Done) { Position = position };

    private static bool Holds(ChatState state, string ticker) => state.Positions.Any(position => position.Ticker == ticker);

    private static Error Full(int limit) => new(ErrorKind.RuleBroken, WatchlistFull, $"A watchlist has at most {limit} tickers. Remove one before adding another.");

    /// <summary>A month of the years that have dates; what JavaScript has beyond them is of the last one.</summary>
    private static (int Year, int Month) MonthOf(long moment)
    {
        var date = Instant.FromUnixTimeMilliseconds(Math.Clamp(moment, FirstMoment, LastMoment)).InUtc().Date;
        return (date.Year, date.Month);
    }

    /// <summary>What is wrong with a change, whatever state it meets; null when nothing is.</summary>
    public static Error? FindProblem(ChatChange change)
    {
        var errors = new FieldErrors();
        errors.Require(ChatId.IsValid(change.ChatId), "chatId", "must be a chat's id.");
        foreach (var ticker in TickersOf(change))
        {
            errors.Require(Ticker.Normalize(ticker) == ticker, "ticker", Ticker.Rule);
        }

        if (PriceOf(change) is { } price)
        {
            errors.Require(IsPrice(price), "price", "must be a number above 0.");
        }

        if (DateOf(change) is { } date)
        {
            errors.Require(IsDate(date), "date", "must be of the years 1 to 9999.");
        }

        if (change is RecordExecution { Execution: var execution })
        {
            errors.Require(execution.SignalType is "BUY" or "SELL", "signalType", "must be BUY or SELL.");
            errors.Require(execution.SignalPrice is not { } signalPrice || IsPrice(signalPrice), "signalPrice", "must be a number above 0.");
        }

        return errors.IsEmpty ? null : errors.ToError();
    }

    private static IReadOnlyList<string> TickersOf(ChatChange change) => change switch
    {
        AddTicker add => [add.Ticker],
        RemoveTicker remove => [remove.Ticker],
        SetWatchlist set => set.Tickers,
        Execute execute => [execute.Ticker],
        RecordExecution record => [record.Execution.Ticker],
        SetPosition set => [set.Ticker],
        ClearPosition clear => [clear.Ticker],
        _ => [],
    };

    private static double? PriceOf(ChatChange change) => change switch
    {
        Execute execute => execute.Price,
        RecordExecution record => record.Execution.ExecutionPrice,
        SetPosition set => set.EntryPrice,
        _ => null,
    };

    private static long? DateOf(ChatChange change) => change switch
    {
        Execute execute => execute.Date,
        RecordExecution record => record.Execution.ExecutionDate,
        _ => null,
    };
}
