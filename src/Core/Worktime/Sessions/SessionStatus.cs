namespace TraderHub.Core.Worktime.Sessions;

/// <summary>How a session stands.</summary>
public enum SessionStatus
{
    /// <summary>It runs.</summary>
    Active,

    /// <summary>It has ended, and counts.</summary>
    Completed,

    /// <summary>Nothing was heard of it any more; it does not count.</summary>
    Abandoned,
}

/// <summary>The words for it, as they are stored and answered.</summary>
public static class SessionStatuses
{
    private static readonly string[] Words = ["active", "completed", "abandoned"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The word.</summary>
    public static string ToText(this SessionStatus status) => Words[(int)status];

    /// <summary>What a word stands for; null when it is none.</summary>
    public static SessionStatus? Parse(string text) => Array.IndexOf(Words, text) is var index and >= 0 ? (SessionStatus)index : null;
}
