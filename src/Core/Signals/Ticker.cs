namespace TraderHub.Core.Signals;

/// <summary>The symbols of stocks and funds, such as <c>SPY</c> or <c>BRK.B</c>.</summary>
public static class Ticker
{
    /// <summary>The most characters that one has.</summary>
    public const int Longest = 10;

    /// <summary>What one must be.</summary>
    public const string Rule = "must be 1 to 10 letters and digits, with single points between them, such as SPY or BRK.B.";

    /// <summary>A ticker as it is stored: trimmed, in upper case; null when it is none.</summary>
    public static string? Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ticker = text.Trim();
        return ticker.Length is > 0 and <= Longest && ticker.All(IsAllowed) && ticker.Split('.').All(part => part.Length > 0) ? ticker.ToUpperInvariant() : null;
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character == '.';
}
