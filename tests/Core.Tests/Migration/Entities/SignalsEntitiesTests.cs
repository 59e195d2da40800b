using System.Text;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Tests.Migration.Entities;

public sealed class SignalsEntitiesTests
{
    private static readonly Dictionary<string, IEntity> Entities = new IEntity[]
    {
        new SubscriptionsEntity(), new WatchlistEntity(), new ExecutionsEntity(), new PositionsEntity(), new FearGreedEntity(),
    }.ToDictionary(entity => entity.Name["signals.".Length..]);

    [Theory]
    [InlineData("subscriptions", """[456, "123", -1001234567890]""", """[-1001234567890,123,456]""")]
    [InlineData("subscriptions", """["@channel", 9007199254740993, "007"]""", """["007","9007199254740993","@channel"]""")]
    [InlineData("watchlists", """["MSFT", "aapl", " spy "]""", """["MSFT","AAPL","SPY"]""")]
    [InlineData("executions", """[{"signalPrice":null,"executionDate":1763000000000,"executionPrice":400.50,"ticker":"spy","signalType":"BUY"}]""",
        """[{"signalType":"BUY","ticker":"SPY","executionPrice":400.5,"executionDate":1763000000000}]""")]
    [InlineData("executions", """[{"signalType":"SELL","ticker":"A","executionPrice":1e21,"executionDate":0,"signalPrice":0.1}]""",
        """[{"signalType":"SELL","ticker":"A","executionPrice":1E+21,"executionDate":0,"signalPrice":0.1}]""")]
    [InlineData("positions", """{"ticker":"SPY","entryPrice":400.5}""", """{"ticker":"SPY","entryPrice":400.5}""")]
    [InlineData("positions", """[{"ticker":"SPY","entryPrice":-0}]""", """{"ticker":"SPY","entryPrice":0}""")]
    [InlineData("positions", """[{"ticker":"SPY","entryPrice":1},{"ticker":"AAPL","entryPrice":2}]""", """[{"ticker":"SPY","entryPrice":1},{"ticker":"AAPL","entryPrice":2}]""")]
    [InlineData("cache", """{"timestamp":1763000000000,"data":{"rating":"fear", "score":25.0,"x":[null]}}""", """{"data":{"rating":"fear","score":25.0,"x":[null]},"timestamp":1763000000000}""")]
    public void Convert_WhatIsRight_IsItsOneForm(string name, string value, string expected)
    {
        var converted = ConvertOf(name, value);

        Assert.Equal((expected, 0, null), (TextOf(converted), converted.Rejected.Count, converted.Error));
    }

    [Theory]
    [InlineData("subscriptions", """[1, 1.5, {"id": 2}, 0]""", """[0,1.5,{"id": 2},1]""", "It is no chat's id.")]
    [InlineData("watchlists", """["SPY", "INVALID-TICKER", null]""", """["SPY","INVALID-TICKER",null]""", "It is no ticker.")]
    [InlineData("executions", """[{"signalType":"HOLD","ticker":"SPY"}]""", """[{"signalType":"HOLD","ticker":"SPY"}]""", "Its signalType is neither BUY nor SELL.")]
    [InlineData("executions", """[{"signalType":"BUY","ticker":"SPY","executionPrice":"400.5","executionDate":1}]""",
        """[{"signalType":"BUY","ticker":"SPY","executionPrice":"400.5","executionDate":1}]""", "Its executionPrice is no number.")]
    [InlineData("executions", """[{"signalType":"BUY","ticker":"SPY","executionPrice":1e999,"executionDate":1}]""",
        """[{"signalType":"BUY","ticker":"SPY","executionPrice":1e999,"executionDate":1}]""", "Its executionPrice is no number.")]
    [InlineData("positions", """{ "entryPrice": 400.5 }""", """{ "entryPrice": 400.5 }""", "Its ticker is none.")]
    [InlineData("positions", "[5]", "[5]", "It is no position.")]
    public void Convert_AnElementThatIsWrong_CostsOnlyItself_AndStaysAsItIs(string name, string value, string expected, string reason)
    {
        var converted = ConvertOf(name, value);

        Assert.Equal((expected, null), (TextOf(converted), converted.Error));
        Assert.Contains(converted.Rejected, element => element.Reason == reason);
    }

    [Theory]
    [InlineData("subscriptions", "{}")]
    [InlineData("watchlists", "null")]
    [InlineData("watchlists", """["SPY"] x""")]
    [InlineData("executions", """[{"signalType":""")]
    [InlineData("positions", "5")]
    [InlineData("cache", """{"data":{"rating":"fear"},"timestamp":1}""")]
    [InlineData("cache", """{"data":{"rating":"fear","score":1},"timestamp":"2026"}""")]
    [InlineData("cache", "[]")]
    public void Convert_WhatCannotBeReadAtAll_IsAnError_AndStaysAsItIs(string name, string value)
    {
        var converted = ConvertOf(name, value);

        Assert.NotNull(converted.Error);
        Assert.Equal(value, TextOf(converted));
    }

    [Fact]
    public void Trap4_AnIdAsNumberAndText_AndATickerInBothCases_AreOne()
    {
        Assert.Equal("[123]", TextOf(ConvertOf("subscriptions", """[123,"123"]""")));
        Assert.Equal("""["SPY"]""", TextOf(ConvertOf("watchlists", """["spy","SPY"]""")));
        Assert.Equal("""{"ticker":"SPY","entryPrice":1}""", TextOf(ConvertOf("positions", """[{"ticker":"spy","entryPrice":1},{"ticker":"SPY","entryPrice":2}]""")));
    }

    [Fact]
    public void ARejectedElement_KeepsItsPlace_WhenOthersComeAndGo()
    {
        var entity = new WatchlistEntity();
        var parsed = entity.Parse("watchlist:1", """["SPY",{"a":1},"AAPL"]"""u8.ToArray());

        Assert.Equal("""["SPY",{"a":1},"AAPL","MSFT"]""", Encoding.UTF8.GetString(entity.Render([.. parsed.Value!, "MSFT"], parsed.Rejected)));
        Assert.Equal("""["AAPL",{"a":1}]""", Encoding.UTF8.GetString(entity.Render(["AAPL"], parsed.Rejected)));
        Assert.Equal("""[{"a":1}]""", Encoding.UTF8.GetString(entity.Render([], parsed.Rejected)));
    }

    private static Conversion ConvertOf(string name, string value) => Entities[name].Convert(KeyOf(Entities[name]), Encoding.UTF8.GetBytes(value));

    private static string KeyOf(IEntity entity) => entity.Prefix.EndsWith(':') ? entity.Prefix + "123" : entity.Prefix;

    private static string TextOf(Conversion conversion) => Encoding.UTF8.GetString(conversion.Value.Span);
}
