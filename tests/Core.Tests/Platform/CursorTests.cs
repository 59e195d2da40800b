using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Platform;

public sealed class CursorTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly Config AtLeast500Cases = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Gen<TimeKey> Keys =
        from ticks in ArbMap.Default.GeneratorFor<int>()
        from id in ArbMap.Default.GeneratorFor<long>()
        select new TimeKey(Instant.FromUnixTimeTicks(ticks * 1_000_000_007L), id);

    [Fact]
    public void TryRead_WhatWasWritten_IsTheKey() => Prop.ForAll(
        Arb.From(Keys),
        key => Cursor.TryRead<TimeKey>("rows", Cursor.Write("rows", key), out var read) && read == key).Check(AtLeast500Cases);

    [Fact]
    public void Write_IsSafeInAnUrl() => Prop.ForAll(
        Arb.From(Keys), key => Cursor.Write("rows", key).All(Alphabet.Contains)).Check(AtLeast500Cases);

    [Fact]
    public void TryRead_AnyOtherCharacterAnywhere_IsNoCursor() => Prop.ForAll(
        Arb.From(Keys),
        Arb.From(Gen.Choose(0, int.MaxValue)),
        Arb.From(Gen.Elements(Alphabet.ToCharArray())),
        (key, place, character) =>
        {
            var text = Cursor.Write("rows", key).ToCharArray();
            var isChanged = text[place % text.Length] != character;
            text[place % text.Length] = character;
            return Cursor.TryRead<TimeKey>("rows", new string(text), out _) != isChanged;
        }).Check(AtLeast500Cases);

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("not a cursor")]
    public void TryRead_WhatWasNeverWritten_IsNoCursor(string text) => Assert.False(Cursor.TryRead<long>("rows", text, out _));

    [Fact]
    public void TryRead_AnotherListsCursor_OrAnotherKindOfKey_IsNoCursor()
    {
        var cursor = Cursor.Write("rows", 7L);

        Assert.False(Cursor.TryRead<long>("others", cursor, out _));
        Assert.False(Cursor.TryRead<TimeKey>("rows", cursor, out _));
        Assert.True(Cursor.TryRead<long>("rows", cursor, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.x")]
    [InlineData("1.2.3")]
    [InlineData("9223372036854775807.1")]
    public void TimeKey_WhatIsNone_IsRefused(string text) => Assert.Throws<FormatException>(() => TimeKey.Parse(text, null));
}
