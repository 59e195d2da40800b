using System.Text.Json.Serialization;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>A change of what is stored of a chat, as a caller or a command asks for it. Tickers are normalized.</summary>
/// <param name="ChatId">The chat.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Subscribe), "subscribe")]
[JsonDerivedType(typeof(Unsubscribe), "unsubscribe")]
[JsonDerivedType(typeof(AddTicker), "add-ticker")]
[JsonDerivedType(typeof(RemoveTicker), "remove-ticker")]
[JsonDerivedType(typeof(SetWatchlist), "set-watchlist")]
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(RecordExecution), "record-execution")]
[JsonDerivedType(typeof(SetPosition), "set-position")]
[JsonDerivedType(typeof(ClearPosition), "clear-position")]
public abstract record ChatChange(string ChatId);

/// <summary>The chat receives broadcasts; a chat without a watchlist gets the default one.</summary>
public sealed record Subscribe(string ChatId) : ChatChange(ChatId);

/// <summary>The chat receives no more broadcasts; everything else of it stays.</summary>
public sealed record Unsubscribe(string ChatId) : ChatChange(ChatId);

/// <summary>A ticker goes to the end of the watchlist, unless it is on it.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="Limit">The most tickers of a watchlist.</param>
public sealed record AddTicker(string ChatId, string Ticker, int Limit) : ChatChange(ChatId);

/// <summary>A ticker goes from the watchlist; when it was the last one, the default takes its place.</summary>
public sealed record RemoveTicker(string ChatId, string Ticker) : ChatChange(ChatId);

/// <summary>The whole watchlist; an empty one is the default.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Tickers">The tickers, each once.</param>
/// <param name="Limit">The most tickers of a watchlist.</param>
public sealed record SetWatchlist(string ChatId, IReadOnlyList<string> Tickers, int Limit) : ChatChange(ChatId);

/// <summary>
/// The owner acted on a signal: a sale when there is a position in the ticker, a purchase otherwise. It is refused when the newest execution is of the present month in
/// UTC. A purchase becomes the ticker's position and brings the ticker onto the watchlist; a sale ends the position.
/// </summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Ticker">The ticker.</param>
/// <param name="Price">What it was done at.</param>
/// <param name="Date">When, in unix milliseconds.</param>
/// <param name="Now">The moment that the month is judged by, in unix milliseconds.</param>
public sealed record Execute(string ChatId, string Ticker, double Price, long Date, long Now) : ChatChange(ChatId);

/// <summary>The same where the caller says which of the two it was; no month is in its way.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Execution">The execution.</param>
public sealed record RecordExecution(string ChatId, ExecutedSignal Execution) : ChatChange(ChatId);

/// <summary>A ticker's position, in the place of the one there may be.</summary>
public sealed record SetPosition(string ChatId, string Ticker, double EntryPrice) : ChatChange(ChatId);

/// <summary>A ticker's position ends, without an execution.</summary>
public sealed record ClearPosition(string ChatId, string Ticker) : ChatChange(ChatId);
