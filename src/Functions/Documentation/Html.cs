using System.Globalization;
using System.Text.Encodings.Web;

namespace TraderHub.Functions.Documentation;

/// <summary>A piece of HTML. What is filled into one is encoded, unless it is one itself.</summary>
internal readonly record struct Html
{
    private readonly string? text;

    private Html(string text) => this.text = text;

    /// <summary>Nothing.</summary>
    public static Html Empty => default;

    /// <summary>A text with HTML around what is filled in.</summary>
    public static Html Of(FormattableString template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new(string.Format(CultureInfo.InvariantCulture, template.Format, template.GetArguments().Select(Encode).ToArray()));
    }

    /// <summary>Pieces, one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces, string separator = "\n") => new(string.Join(separator, pieces));

    /// <summary>Each of some things, as a piece.</summary>
    public static Html Each<T>(IEnumerable<T> things, Func<T, Html> piece) => Join(things.Select(piece));

    /// <summary>A text in which code stands between backticks.</summary>
    public static Html Prose(string? text) =>
        Join((text ?? string.Empty).Split('`').Select((part, index) => index % 2 == 0 ? Of($"{part}") : Code(part)), string.Empty);

    /// <summary>Code; on narrow screens its names break after their underscores.</summary>
    public static Html Code(string text) => Of($"<code>{Join(text.Split('_').Select(part => Of($"{part}")), "_<wbr>")}</code>");

    /// <summary>A style sheet of ours, to the letter: a hash of it lets the browser use it.</summary>
    public static Html Style(string css) => new($"<style>{css}</style>");

    /// <inheritdoc />
    public override string ToString() => text ?? string.Empty;

    private static object Encode(object? value) => value is Html html ? html.ToString() : HtmlEncoder.Default.Encode($"{value}");
}
