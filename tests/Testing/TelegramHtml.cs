using System.Text.RegularExpressions;

namespace TraderHub.Testing;

/// <summary>What the Bot API says against a text: its length, and in HTML its tags and entities, as the API's documentation has them.</summary>
public static partial class TelegramHtml
{
    private const int Longest = 4096;

    private static readonly HashSet<string> Tags =
        ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "tg-emoji", "code", "pre", "blockquote"];

    /// <summary>The fault of a text; null when it is taken.</summary>
    public static string? FindFault(string text, string? parseMode)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "message text is empty";
        }

        if (text.Length > Longest)
        {
            return "message is too long";
        }

        if (HasHalfOfACharacter(text))
        {
            return "strings must be encoded in UTF-8";
        }

        return parseMode switch
        {
            null => null,
            "HTML" => FindFaultOfHtml(text) is { } fault ? $"can't parse entities: {fault}" : null,
            _ => "unsupported parse_mode",
        };
    }

    private static string? FindFaultOfHtml(string text)
    {
        var open = new Stack<string>();
        var at = 0;
        foreach (Match piece in Pieces().Matches(text))
        {
            if (text.AsSpan(at, piece.Index - at).ContainsAny('<', '>', '&'))
            {
                return $"unexpected character at byte offset {at}";
            }

            at = piece.Index + piece.Length;
            var name = piece.Groups["name"].Value.ToLowerInvariant();
            if (name.Length == 0)
            {
                continue;
            }

            if (!Tags.Contains(name))
            {
                return $"unsupported start tag \"{name}\" at byte offset {piece.Index}";
            }

            if (piece.Value[1] != '/')
            {
                open.Push(name);
            }
            else if (!open.TryPop(out var expected) || expected != name)
            {
                return $"unexpected end tag at byte offset {piece.Index}";
            }
        }

        return text.AsSpan(at).ContainsAny('<', '>', '&') ? $"unexpected character at byte offset {at}"
            : open.TryPeek(out var left) ? $"can't find end tag corresponding to start tag \"{left}\""
            : null;
    }

    private static bool HasHalfOfACharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""</?(?<name>[a-zA-Z][a-zA-Z-]*)(\s+[a-z-]+="[^"<>]*")*\s*>|&(lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);""", RegexOptions.ExplicitCapture)]
    private static partial Regex Pieces();
}
