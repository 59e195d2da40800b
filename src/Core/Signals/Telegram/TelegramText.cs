using System.Net;
using System.Text;

namespace TraderHub.Core.Signals.Telegram;

/// <summary>Texts in Telegram's HTML.</summary>
public static class TelegramText
{
    /// <summary>The most UTF-16 units of one message.</summary>
    public const int Longest = 4096;

    /// <summary>A value as it may stand in a text, between tags or in a quoted attribute.</summary>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var escaped = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>
    /// The messages that a text is sent as: broken at line ends where there are any, never inside a character, an entity or a tag. The line end at a break is
    /// dropped, for each message is one. Tags that are open at a break are closed there and opened again.
    /// </summary>
    public static IReadOnlyList<string> Split(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (html.Length <= Longest)
        {
            return [html];
        }

        // With more open tags than a message can hold, the words are what counts.
        var messages = new HtmlSplitter(Longest).Split(html);
        return messages.All(message => message.Length <= Longest) ? messages : new HtmlSplitter(Longest).Split(Escape(ToPlain(html)));
    }

    /// <summary>What a reader sees of a text: without tags, and entities as the characters that they stand for.</summary>
    public static string ToPlain(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var plain = new StringBuilder(html.Length);
        foreach (var token in HtmlToken.Read(html))
        {
            _ = token.Kind switch
            {
                HtmlTokenKind.Entity => plain.Append(WebUtility.HtmlDecode(token.Text)),
                HtmlTokenKind.Text or HtmlTokenKind.LineEnd => plain.Append(token.Text),
                _ => plain,
            };
        }

        return plain.ToString();
    }
}
