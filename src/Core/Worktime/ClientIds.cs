namespace TraderHub.Core.Worktime;

/// <summary>The names that clients give to what they send, so that it can be sent again (rule V4).</summary>
public static class ClientIds
{
    /// <summary>What is wrong with a name that is none.</summary>
    public const string Problem = "must have 1 to 100 visible ASCII characters.";

    private const int Longest = 100;

    /// <summary>Whether a text can be such a name.</summary>
    public static bool IsOne(string text) => text is { Length: > 0 and <= Longest } && text.All(character => character is > ' ' and <= '~');
}
