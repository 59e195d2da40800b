namespace TraderHub.Core.Signals.Telegram;

/// <summary>Texts in Telegram's HTML.</summary>
public static class TelegramText
{
    /// <summary>A value as it stands in HTML.</summary>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
