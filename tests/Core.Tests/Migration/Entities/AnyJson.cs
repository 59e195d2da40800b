using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace TraderHub.Core.Tests.Migration.Entities;

/// <summary>Values that nothing is certain of: some are what they should be, some nearly, some are no JSON and no text.</summary>
internal static class AnyJson
{
    private static readonly Gen<string> Scalars = Gen.Elements(
        "null", "true", "0", "-0", "0.0", "1", "123", "\"123\"", "-1001234567890", "\"-1001234567890\"", "9007199254740993", "\"9007199254740993\"", "1e400", "-1e400",
        "1e21", "0.1", "400.50", "1.7976931348623157e308", "5e-324", "123456789012345678901234567890", "1700000000000", "1.7e12", "\"400.5\"", "\"NaN\"", "\"\"", "\" \"",
        "\"spy\"", "\"SPY\"", "\" spy \"", "\"BRK.B\"", "\"A..B\"", "\"TOOLONGTICKER\"", "\"stra\u00dfe\"", "\"\\u0053PY\"", "\"\\u0000\"", "\"\\ud800\"", "\"\u2028\"", "\"BUY\"",
        "\"SELL\"", "\"buy\"", "\"0.5\"", "0.5", "\"bullish\"", "\"2026-01-08T12:31:20.000Z\"", "\"2026-01-08T12:31:20.123456789Z\"");

    private static readonly string[] Names =
    [
        "signalType", "ticker", "executionPrice", "executionDate", "signalPrice", "entryPrice", "data", "timestamp", "score", "rating", "symbols_analyzed", "sentiment_signals",
        "trading_signals", "sentiment_analysis", "sentiment", "confidence", "direction", "signals", "reasoning", "failures", "analysis_time", "AAPL", "SPY", "", "\\ud800", "x",
        "sentiment_layers", "confidence_metrics", "overall_confidence", "execution_metrics", "total_time_ms", "trigger_mode",
    ];

    /// <summary>JSON of any shape, with white space here and there.</summary>
    public static Gen<string> Text { get; } = Gen.Sized(size => OfDepth(Math.Min(size / 8, 5)));

    /// <summary>What may stand under a key.</summary>
    public static Gen<byte[]> Values(params Gen<string>[] likely) => Gen.Frequency(
        (6, Gen.OneOf(likely).Select(Encoding.UTF8.GetBytes)),
        (3, Text.Select(Encoding.UTF8.GetBytes)),
        (1, Gen.OneOf(likely).SelectMany(text => Gen.Choose(0, text.Length).Select(end => Encoding.UTF8.GetBytes(text[..end])))),
        (1, Text.Select(text => Encoding.UTF8.GetBytes(text + " x"))),
        (1, Gen.Choose(1, 120).Select(depth => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)))),
        (1, Gen.Choose(0, 255).Select(item => (byte)item).ArrayOf()));

    /// <summary>A list of mostly likely elements.</summary>
    public static Gen<string> ListOf(params Gen<string>[] likely) =>
        Gen.Frequency((4, Gen.OneOf(likely)), (1, Text)).ListOf().SelectMany(items => Gen.Elements(",", " ,\n").Select(comma => $"[{string.Join(comma, items)}]"));

    /// <summary>An object with some of the fields that it should have, and others.</summary>
    public static Gen<string> ObjectOf(params (string Name, Gen<string> Value)[] fields) =>
        from chosen in Gen.CollectToList(fields, field => Gen.Frequency((9, field.Value), (1, Text), (1, Gen.Constant(string.Empty))).Select(value => (field.Name, Value: value)))
        from extra in Gen.Frequency((4, Gen.Constant(string.Empty)), (1, Text.Select(value => $"\"note\":{value}")))
        select $"{{{string.Join(", ", chosen.Where(field => field.Value.Length > 0).Select(field => $"\"{field.Name}\":{field.Value}").Append(extra).Where(part => part.Length > 0))}}}";

    private static Gen<string> OfDepth(int depth) => depth == 0
        ? Scalars
        : Gen.Frequency(
            (3, Scalars),
            (2, OfDepth(depth - 1).ListOf().Select(items => $"[{string.Join(", ", items.Take(6))}]")),
            (2, Gen.Elements(Names).SelectMany(name => OfDepth(depth - 1).Select(value => $"\"{name}\" : {value}")).ListOf().Select(fields => $"{{{string.Join(',', fields.Take(6))}}}")));
}
