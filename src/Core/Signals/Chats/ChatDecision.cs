using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>What a change does to a chat; what is null stays as it is.</summary>
/// <param name="Outcome">What came of it, for the answer.</param>
public sealed record ChatDecision(ChatOutcome Outcome)
{
    /// <summary>Whether the chat receives broadcasts from now on.</summary>
    public bool? IsSubscribed { get; init; }

    /// <summary>The whole watchlist that takes the place of the present one; null leaves it, but for <see cref="AddedTicker"/>.</summary>
    public IReadOnlyList<string>? Watchlist { get; init; }

    /// <summary>A ticker that the watchlist gets when it does not have it.</summary>
    public string? AddedTicker { get; init; }

    /// <summary>An execution that is added to the history.</summary>
    public ExecutedSignal? Execution { get; init; }

    /// <summary>A position that takes the place of the ticker's present one.</summary>
    public HeldPosition? Position { get; init; }

    /// <summary>A ticker whose position ends.</summary>
    public string? ClosedTicker { get; init; }
}

/// <summary>What came of a change.</summary>
public enum ChatOutcome
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>It was so already, and nothing was changed.</summary>
    Unchanged,

    /// <summary>There was nothing to remove.</summary>
    Absent,

    /// <summary>The last ticker was removed, and the default stands in its place.</summary>
    DefaultRestored,
}
