using TraderHub.Core.Platform;

namespace TraderHub.Functions.Signals;

/// <summary>What routes of chats refuse with, besides the rules.</summary>
internal static class ChatErrors
{
    public const string SubscriptionNotFound = "SUBSCRIPTION_NOT_FOUND";

    public const string TickerNotFound = "TICKER_NOT_FOUND";

    public const string ExecutionNotFound = "EXECUTION_NOT_FOUND";

    public const string PositionNotFound = "POSITION_NOT_FOUND";

    public const string Unreadable = "STORED_VALUE_UNREADABLE";

    public const string NotAcknowledged = "WRITE_NOT_ACKNOWLEDGED";

    public const string NotAcknowledgedText = "The store did not acknowledge the change in time.";

    public const string UnreadableText = "What is stored of the chat cannot be read, and is not written over; or the key was used for another body.";

    public static Error NoSubscription { get; } = new(ErrorKind.NotFound, SubscriptionNotFound, "The chat is not subscribed.");

    public static Error NoTicker { get; } = new(ErrorKind.NotFound, TickerNotFound, "The ticker is not on the watchlist.");

    public static Error NoExecution { get; } = new(ErrorKind.NotFound, ExecutionNotFound, "No such execution is recorded.");

    public static Error NoPosition { get; } = new(ErrorKind.NotFound, PositionNotFound, "There is no position in the ticker.");
}
