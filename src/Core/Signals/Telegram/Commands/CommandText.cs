namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary>A command as it was written: <c>/name@bot word word</c>.</summary>
/// <param name="Name">Its name, in lower case, without the slash.</param>
/// <param name="Bot">The bot that it is addressed to; null when none is named.</param>
/// <param name="Arguments">The words after it.</param>
public sealed record CommandText(string Name, string? Bot, IReadOnlyList<string> Arguments)
{
    /// <summary>Reads a command; null when a text is none.</summary>
    public static CommandText? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [{ Length: > 1 } first, ..] || first[0] != '/')
        {
            return null;
        }

        var at = first.IndexOf('@', StringComparison.Ordinal);
        var name = (at < 0 ? first[1..] : first[1..at]).ToLowerInvariant();
        return new(name, at < 0 ? null : first[(at + 1)..], words[1..]);
    }

    /// <summary>Whether it is addressed to a bot, or to none by name.</summary>
    public bool IsFor(string bot) => Bot is null || Bot.Equals(bot, StringComparison.OrdinalIgnoreCase);
}
