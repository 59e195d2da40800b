using TraderHub.Core.Platform;
using TraderHub.Core.Signals;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Functions.Signals;

/// <summary>The chat that a request is about: one that has become another is served as that one (rule F4).</summary>
public sealed class RequestedChat(IChatMoves moves)
{
    /// <summary>The id that a chat of a request has now, and the ticker beside it as it is stored.</summary>
    public async Task<Result<(string ChatId, string Ticker)>> ReadAsync(string chatId, string? ticker, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(ChatId.IsValid(chatId), "chatId", ChatChecks.ChatIdRule);
        var normalized = ticker is null ? string.Empty : ChatChecks.ReadTicker(ticker, "ticker", errors);
        return errors.IsEmpty ? (await MovedAsync(chatId, cancellationToken), normalized) : errors.ToError();
    }

    /// <summary>The id that a chat has now.</summary>
    public async Task<string> MovedAsync(string chatId, CancellationToken cancellationToken) => await moves.FindAsync(chatId, cancellationToken) ?? chatId;
}
