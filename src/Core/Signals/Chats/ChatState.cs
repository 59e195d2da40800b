using System.Text.Json.Serialization;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>What is stored of a chat.</summary>
/// <param name="ChatId">Its id.</param>
/// <param name="IsSubscribed">Whether broadcasts go to it.</param>
/// <param name="Watchlist">Its tickers in their order; null when it never had a watchlist.</param>
/// <param name="Executions">Its executions in the order that they were recorded in.</param>
/// <param name="Positions">Its positions, at most one per ticker; the last is the newest.</param>
public sealed record ChatState(
    string ChatId,
    bool IsSubscribed,
    IReadOnlyList<string>? Watchlist,
    IReadOnlyList<ExecutedSignal> Executions,
    IReadOnlyList<HeldPosition> Positions)
{
    /// <summary>The tickers that the chat follows: its watchlist, or the default where it has none.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Tickers => Watchlist is { Count: > 0 } ? Watchlist : ChatRules.DefaultWatchlist;

    /// <summary>A chat that nothing is stored of.</summary>
    public static ChatState Empty(string chatId) => new(chatId, IsSubscribed: false, Watchlist: null, [], []);
}
