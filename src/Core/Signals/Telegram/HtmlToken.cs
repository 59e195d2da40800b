using System.Buffers;

namespace TraderHub.Core.Signals.Telegram;

/// <summary>What a piece of HTML is.</summary>
internal enum HtmlTokenKind
{
    /// <summary>One character, as one or two UTF-16 units.</summary>
    Text,

    /// <summary>The end of a line.</summary>
    LineEnd,

    /// <summary>A character that is written as an entity.</summary>
    Entity,

    /// <summary>A tag that opens.</summary>
    Open,

    /// <summary>A tag that closes.</summary>
    Close,
}

/// <summary>A piece of HTML that is never broken. What only looks like a tag or an entity is text.</summary>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Text)
{
    /// <summary>Telegram knows four named entities and numbers; the longest number is <c>&amp;#x10FFFF;</c>.</summary>
    private const int LongestEntity = 10;

    private static readonly SearchValues<char> EntityCharacters = SearchValues.Create("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The name of a tag.</summary>
    public string Name
    {
        get
        {
            var start = Kind == HtmlTokenKind.Close ? 2 : 1;
            return Text[start..Text.AsSpan().IndexOfAny(" \n\t>")].ToLowerInvariant();
        }
    }

    public static IEnumerable<HtmlToken> Read(string html)
    {
        for (var i = 0; i < html.Length;)
        {
            var token = At(html, i);
            yield return token;
            i += token.Text.Length;
        }
    }

    private static HtmlToken At(string html, int start) => html[start] switch
    {
        '\n' => new(HtmlTokenKind.LineEnd, "\n"),
        '&' when EntityEnd(html, start) is { } end => new(HtmlTokenKind.Entity, html[start..end]),
        '<' when TagEnd(html, start) is { } end => new(html[start + 1] == '/' ? HtmlTokenKind.Close : HtmlTokenKind.Open, html[start..end]),
        var first when char.IsHighSurrogate(first) && start + 1 < html.Length && char.IsLowSurrogate(html[start + 1]) => new(HtmlTokenKind.Text, html[start..(start + 2)]),
        var first => new(HtmlTokenKind.Text, first.ToString()),
    };

    private static int? EntityEnd(string html, int start)
    {
        var rest = html.AsSpan(start + 1, Math.Min(LongestEntity, html.Length - start) - 1);
        var length = rest.IndexOf(';');
        return length > 0 && !rest[..length].ContainsAnyExcept(EntityCharacters) ? start + length + 2 : null;
    }

    private static int? TagEnd(string html, int start)
    {
        var name = start + 1 < html.Length && html[start + 1] == '/' ? start + 2 : start + 1;
        return name < html.Length && char.IsAsciiLetter(html[name]) && html.IndexOf('>', name) is >= 0 and var end ? end + 1 : null;
    }
}
