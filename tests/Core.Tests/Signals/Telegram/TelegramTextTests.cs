using FsCheck;
using FsCheck.Fluent;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Signals.Telegram;

public sealed class TelegramTextTests
{
    private static readonly Config AtLeast200Cases = Config.QuickThrowOnFailure.WithMaxTest(200);

    private static readonly Gen<string> Values = Gen.Elements(
        "BRK.B", "1.5", "fix: a_b [x] (y)", "first_last", "<b>", "a & b", "\"quoted\"", "&amp;", "&lt", "</b>", "🟢 BUY", "*_~`>#+-=|{}.!", "👨‍👩‍👧", "", "x < y > z", new string('w', 300));

    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Values.Select(TelegramText.Escape)),
        (2, Values.Select(value => $"<b>{TelegramText.Escape(value)}</b>")),
        (1, from inner in Values from outer in Values select $"<i>{TelegramText.Escape(outer)}\n<b>{TelegramText.Escape(inner)}</b></i>"),
        (1, from value in Values from times in Gen.Choose(1, 400) select $"<b>{string.Concat(Enumerable.Repeat(TelegramText.Escape(value), times))}</b>"),
        (1, Values.Select(value => $"<a href=\"https://example.com/?a=1&amp;b=2\">{TelegramText.Escape(value)} </a>")),
        (8, Gen.Constant("\n")));

    private static readonly Arbitrary<string> Texts = Arb.From(Gen.Choose(1, 200).SelectMany(count => Pieces.ListOf(count)).Select(pieces => string.Concat(pieces)));

    [Theory]
    [Trait("Case", "S03")]
    [InlineData("BRK.B at 1.5", "BRK.B at 1.5")]
    [InlineData("fix: a_b [x] (y)", "fix: a_b [x] (y)")]
    [InlineData("first_last", "first_last")]
    [InlineData("<b>&\"", "&lt;b&gt;&amp;&quot;")]
    public void Escape_OfAnyValue_IsTakenAndReadAsTheValue(string value, string escaped)
    {
        Assert.Equal(escaped, TelegramText.Escape(value));
        Assert.Null(TelegramHtml.FindFault(TelegramText.Escape(value), "HTML"));
        Assert.Equal(value, TelegramText.ToPlain($"<b>{TelegramText.Escape(value)}</b>"));
    }

    [Fact]
    [Trait("Case", "S03")]
    public void Escape_OfAnyText_IsReadAsThatText() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), value =>
        value is null || TelegramText.ToPlain(TelegramText.Escape(value)) == value).Check(AtLeast200Cases);

    [Theory]
    [Trait("Case", "S03")]
    [InlineData("<b>bold", "bold")]
    [InlineData("a < b &amp; c > d", "a < b & c > d")]
    [InlineData("x <y", "x <y")]
    [InlineData("&#128994; &nosuch; &", "🟢 &nosuch; &")]
    [InlineData("<a href=\"https://example.com\">link</a>", "link")]
    public void ToPlain_OfMarkupThatIsRefused_KeepsTheWords(string html, string plain) => Assert.Equal(plain, TelegramText.ToPlain(html));

    [Fact]
    [Trait("Case", "S04")]
    public void Split_Of400Lines_IsThreeMessagesOfWholeLines()
    {
        var lines = Enumerable.Range(0, 400).Select(i => $"🟢 BUY SPY ${400 + i / 100}.{i % 100:00} 2026-01-02").ToList();
        Assert.All(lines, line => Assert.Equal(29, line.Length));

        var parts = TelegramText.Split(string.Join('\n', lines));

        Assert.Equal([136, 136, 128], parts.Select(part => part.Split('\n').Length));
        Assert.All(parts, part => Assert.True(part.Length <= TelegramText.Longest));
        Assert.Equal(lines, parts.SelectMany(part => part.Split('\n')));
    }

    [Theory]
    [Trait("Case", "S04")]
    [InlineData(4095, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(8192, 2)]
    [InlineData(8193, 3)]
    public void Split_AtTheLimit_IsExact(int length, int parts) => Assert.Equal(parts, TelegramText.Split(new string('a', length)).Count);

    [Fact]
    [Trait("Case", "S04")]
    public void Split_WithinACharacterAnEntityOrATag_BreaksBeforeIt()
    {
        foreach (var piece in new[] { "🟢", "&amp;", "<b>", "</b>" })
        {
            for (var before = 4096 - piece.Length - 4; before <= 4096; before++)
            {
                var text = $"<b>{new string('a', before - 3)}{(piece == "<b>" ? "</b>" : string.Empty)}{piece}end{(piece == "</b>" ? string.Empty : "</b>")}";
                var messages = TelegramText.Split(text);
                Assert.All(messages, message => Assert.Null(TelegramHtml.FindFault(message, "HTML")));
                Assert.Equal(TelegramText.ToPlain(text), string.Concat(messages.Select(TelegramText.ToPlain)));
            }
        }
    }

    [Fact]
    [Trait("Case", "S04")]
    public void Split_OfAnyText_LosesNothingAndIsValid() => Prop.ForAll(Texts, html =>
    {
        var parts = TelegramText.Split(html);
        return parts.All(part => part.Length <= TelegramText.Longest)
            && parts.All(part => TelegramHtml.FindFault(part + "x", "HTML") is null || part.Length == TelegramText.Longest)
            && WithoutLineEnds(string.Concat(parts.Select(TelegramText.ToPlain))) == WithoutLineEnds(TelegramText.ToPlain(html));
    }).Check(AtLeast200Cases);

    [Fact]
    [Trait("Case", "S04")]
    public void Split_OfLines_JoinedIsTheWhole() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 400).SelectMany(count => Values.Select(TelegramText.Escape).ListOf(count)).Select(lines => string.Join('\n', lines))),
        html => string.Join('\n', TelegramText.Split(html)) == html).Check(AtLeast200Cases);

    [Fact]
    [Trait("Case", "S04")]
    public void Split_OfMoreTagsThanAMessageHolds_KeepsTheWords()
    {
        var parts = TelegramText.Split(string.Concat(Enumerable.Repeat("<b>x", 2000)));

        Assert.All(parts, part => Assert.True(part.Length <= TelegramText.Longest));
        Assert.Equal(2000, parts.Sum(part => part.Count(character => character == 'x')));
    }

    private static string WithoutLineEnds(string text) => text.Replace("\n", string.Empty, StringComparison.Ordinal);
}
