using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Functions.Signals;

/// <summary>A chat that is to receive broadcasts.</summary>
public sealed record NewSubscriptionBody
{
    /// <summary>The chat's id, as a number or as text: `5216580805` and `"5216580805"` are one chat.</summary>
    public required JsonElement ChatId { get; init; }
}

/// <summary>A chat that receives broadcasts.</summary>
/// <param name="ChatId">The chat's id.</param>
public sealed record SubscriptionAnswer(string ChatId);

/// <summary>The whole watchlist of a chat.</summary>
public sealed record WatchlistBody
{
    /// <summary>The tickers in their order; none is the default, `SPY`.</summary>
    public required IReadOnlyList<string> Tickers { get; init; }
}

/// <summary>The tickers that a chat is told signals of, in their order.</summary>
/// <param name="ChatId">The chat's id.</param>
/// <param name="Tickers">The tickers in their order; the default, `SPY`, where the chat never chose.</param>
public sealed record WatchlistAnswer(string ChatId, IReadOnlyList<string> Tickers);

/// <summary>Something that the owner of a chat did on a signal.</summary>
public sealed record NewExecutionBody
{
    /// <summary>`BUY` or `SELL`.</summary>
    public required string SignalType { get; init; }

    /// <summary>The ticker.</summary>
    public required string Ticker { get; init; }

    /// <summary>The price that it was done at, above 0.</summary>
    public required decimal ExecutionPrice { get; init; }

    /// <summary>The price that the signal named, above 0.</summary>
    public decimal? SignalPrice { get; init; }

    /// <summary>When: a date such as `2024-01-15`, which is its midnight in UTC, an instant such as `2024-01-15T14:30:00Z`, or unix milliseconds. Now, if it is left out.</summary>
    public JsonElement? ExecutionDate { get; init; }
}

/// <summary>An execution.</summary>
/// <param name="SignalType">`BUY` or `SELL`.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="ExecutionPrice">The price that it was done at.</param>
/// <param name="ExecutionDate">When, in unix milliseconds.</param>
/// <param name="SignalPrice">The price that the signal named; left out when none is known.</param>
public sealed record ExecutionAnswer(
    string SignalType,
    string Ticker,
    double ExecutionPrice,
    long ExecutionDate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? SignalPrice)
{
    internal static ExecutionAnswer Of(ExecutedSignal execution) =>
        new(execution.SignalType, execution.Ticker, execution.ExecutionPrice, execution.ExecutionDate, execution.SignalPrice);
}

/// <summary>What a position was bought at.</summary>
public sealed record PositionBody
{
    /// <summary>The price, above 0.</summary>
    public required decimal EntryPrice { get; init; }
}

/// <summary>A position.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="EntryPrice">What it was bought at.</param>
public sealed record HeldPositionAnswer(string Ticker, double EntryPrice)
{
    internal static HeldPositionAnswer Of(HeldPosition position) => new(position.Ticker, position.EntryPrice);
}

/// <summary>Reads and writes the shapes of chats.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NewSubscriptionBody))]
[JsonSerializable(typeof(SubscriptionAnswer))]
[JsonSerializable(typeof(Page<SubscriptionAnswer>))]
[JsonSerializable(typeof(WatchlistBody))]
[JsonSerializable(typeof(WatchlistAnswer))]
[JsonSerializable(typeof(NewExecutionBody))]
[JsonSerializable(typeof(ExecutionAnswer))]
[JsonSerializable(typeof(Page<ExecutionAnswer>))]
[JsonSerializable(typeof(PositionBody))]
[JsonSerializable(typeof(HeldPositionAnswer))]
[JsonSerializable(typeof(Page<HeldPositionAnswer>))]
internal sealed partial class ChatsJson : JsonSerializerContext;
