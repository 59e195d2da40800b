namespace TraderHub.Core.Signals.Telegram;

/// <summary>A text that is to be sent to a chat.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Key">What names it: a message with the same key is added once.</param>
/// <param name="Html">Its text in Telegram's HTML, every value in it escaped; it may be longer than one message.</param>
public sealed record OutgoingMessage(string ChatId, string Key, string Html);
