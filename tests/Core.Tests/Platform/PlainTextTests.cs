using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Platform;

[Trait("Case", "T1")]
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", false, true)]
    [InlineData("Zürich \U0001F600 \uFFFD \uFFFF", false, true)]
    [InlineData("a\0", true, false)]
    [InlineData("\0", false, false)]
    [InlineData("a\nb", false, false)]
    [InlineData("a\tb\r\nc", true, true)]
    [InlineData("a\u001b[31m", true, false)]
    [InlineData("a\u007f", true, false)]
    [InlineData("a\u0085", true, false)]
    public void IsPlain_ByCharacter(string text, bool hasLines, bool expected) => Assert.Equal(expected, PlainText.IsPlain(text, hasLines));

    [Fact]
    public void IsPlain_HalfOfACharacter_IsNone()
    {
        foreach (var half in new[] { "a\ud800", "\udc00\ud800", "\ud800\ud800\udc00", "\udfff" })
        {
            Assert.False(PlainText.IsPlain(half, hasLines: true));
            Assert.True(PlainText.IsPlain(PlainText.Quote(half, 5)));
        }

        Assert.True(PlainText.IsPlain("\ud83d\ude00"));
    }

    [Fact]
    public void LengthOf_CountsCodePoints() => Assert.Equal(3, PlainText.LengthOf("a\U0001F600é"));

    [Theory]
    [InlineData("short", "short")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600", "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600...")]
    public void Quote_IsPlainAndNoLongerThanAsked(string text, string quoted) => Assert.Equal(quoted, PlainText.Quote(text, 5));

    [Fact]
    [Trait("Case", "T3")]
    public void FieldErrors_OfManyProblems_KeepTheFirstTwentyAndSayThatThereAreMore()
    {
        var errors = new FieldErrors();
        for (var i = 0; i < 100_000; i++)
        {
            errors.Add($"field{i:00000}{new string('x', 1_000)}", "is wrong.");
        }

        var error = errors.ToError();
        Assert.Equal(FieldErrors.Most, error.Fields.Count);
        Assert.All(error.Fields.Keys, name => Assert.True(name.Length < 250));
        Assert.Contains("and more", error.Detail, StringComparison.Ordinal);
    }
}
