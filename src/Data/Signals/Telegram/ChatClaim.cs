namespace TraderHub.Data.Signals.Telegram;

/// <summary>A chat that nobody else sends to until the lease has run out.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="IsGroup">1 for a group, which takes fewer messages.</param>
/// <param name="TooMany">How often in a row the API has refused without saying for how long.</param>
/// <param name="SendBy">Whose the lease is.</param>
internal sealed record ChatClaim(string ChatId, long IsGroup, long TooMany, string SendBy)
{
    /// <summary>What the API takes: one message a second, and 20 a minute in groups.</summary>
    public TimeSpan Pause => TimeSpan.FromSeconds(IsGroup == 1 ? 3 : 1);
}

/// <summary>A message that waits.</summary>
internal sealed record WaitingMessage(long Id, string Text, long IsPlain, long Attempts);
