using System.Text;

namespace TraderHub.Core.Signals.Telegram;

/// <summary>Breaks one HTML text into messages of a length.</summary>
internal sealed class HtmlSplitter(int longest)
{
    private readonly List<string> messages = [];
    private readonly StringBuilder message = new();
    private readonly List<HtmlToken> open = [];

    /// <summary>The last line end of the message, 0 where there is none, and the tags that are open there.</summary>
    private int lineEnd;
    private HtmlToken[] openAtLineEnd = [];

    /// <summary>Where the message's own text begins, after the tags that are opened again.</summary>
    private int begin;

    public IReadOnlyList<string> Split(string html)
    {
        foreach (var token in HtmlToken.Read(html))
        {
            Append(token);
        }

        if (message.Length > begin || messages.Count == 0)
        {
            messages.Add(message + Closing(open));
        }

        return messages;
    }

    private void Append(HtmlToken token)
    {
        // Room for the tags that would have to be closed, should the message end after this token.
        while (message.Length > begin && message.Length + token.Text.Length + Closing(OpenAfter(token)).Length > longest)
        {
            Break();
        }

        if (token.Kind == HtmlTokenKind.LineEnd)
        {
            lineEnd = message.Length;
            openAtLineEnd = [.. open];
        }

        message.Append(token.Text);
        Track(open, token);
    }

    private void Break()
    {
        var whole = message.ToString();
        var (end, next, openThere) = lineEnd > begin ? (lineEnd, lineEnd + 1, openAtLineEnd) : (whole.Length, whole.Length, [.. open]);
        messages.Add(whole[..end] + Closing(openThere));
        message.Clear().AppendJoin(string.Empty, openThere.Select(tag => tag.Text));
        begin = message.Length;
        message.Append(whole, next, whole.Length - next);
        lineEnd = 0;
    }

    private List<HtmlToken> OpenAfter(HtmlToken token)
    {
        if (token.Kind is not (HtmlTokenKind.Open or HtmlTokenKind.Close))
        {
            return open;
        }

        var after = open.ToList();
        Track(after, token);
        return after;
    }

    private static void Track(List<HtmlToken> tags, HtmlToken token)
    {
        if (token.Kind == HtmlTokenKind.Open)
        {
            tags.Add(token);
        }
        else if (token.Kind == HtmlTokenKind.Close && tags.FindLastIndex(tag => tag.Name == token.Name) is >= 0 and var index)
        {
            tags.RemoveAt(index);
        }
    }

    private static string Closing(IReadOnlyCollection<HtmlToken> tags) => string.Concat(tags.AsEnumerable().Reverse().Select(tag => $"</{tag.Name}>"));
}
