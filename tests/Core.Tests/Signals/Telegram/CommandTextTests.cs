using TraderHub.Core.Signals.Telegram.Commands;

namespace TraderHub.Core.Tests.Signals.Telegram;

public sealed class CommandTextTests
{
    [Theory]
    [Trait("Case", "S08")]
    [InlineData("/start@tradebot", "start", true)]
    [InlineData("/NOW@TradeBot spy", "now", true)]
    [InlineData("/start@OtherBot", "start", false)]
    [InlineData("/start", "start", true)]
    [InlineData("/nowhere", "nowhere", true)]
    public void Parse_ACommand_IsExact_AndForTheBotThatItNames(string text, string name, bool isForUs)
    {
        var command = CommandText.Parse(text)!;

        Assert.Equal((name, isForUs), (command.Name, command.IsFor("TradeBot")));
    }

    [Fact]
    public void Parse_Words_AreSplitAtAnyWhiteSpace() =>
        Assert.Equal(["SPY", "400.50", "2026-01-15"], CommandText.Parse("/execute  SPY\n400.50\t2026-01-15")!.Arguments);

    [Theory]
    [InlineData("")]
    [InlineData("start")]
    [InlineData("/")]
    [InlineData("   ")]
    public void Parse_WhatIsNoCommand_IsNull(string text) => Assert.Null(CommandText.Parse(text));
}
