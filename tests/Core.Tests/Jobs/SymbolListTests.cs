using TraderHub.Core.Jobs.Quotes;

namespace TraderHub.Core.Tests.Jobs;

public sealed class SymbolListTests
{
    [Theory]
    [InlineData("AAPL,MSFT", "AAPL MSFT")]
    [InlineData(" aapl , AAPL,brk-b,^gspc,", "AAPL BRK-B ^GSPC")]
    [InlineData("hl:BTC,HL:kPEPE,HL:xyz:TSLA,BTC-USD", "HL:BTC HL:kPEPE HL:xyz:TSLA BTC-USD")]
    public void Parse_ReadsStocksAndCoins_EachOnce(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', SymbolList.Parse(text, "symbols").Value));

    [Theory]
    [InlineData("'; DROP TABLE job_executions; --")]
    [InlineData("AAPL,../../etc")]
    [InlineData("HL:")]
    [InlineData("^")]
    [InlineData("ABCDEFGHIJKLMNOP")]
    [InlineData("HL:ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("ÄPL")]
    [InlineData(",")]
    public void Parse_AnythingElse_IsTheFieldsProblem(string text)
    {
        var error = SymbolList.Parse(text, "symbols").Error;

        Assert.Equal(["symbols"], error!.Fields.Keys);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Parse_TakesFiftySymbols(int count, bool isTaken) =>
        Assert.Equal(isTaken, SymbolList.Parse(string.Join(',', Enumerable.Range(1, count).Select(number => $"S{number}")), "symbols").Error is null);

    [Fact]
    public void TheDefault_IsAList() => Assert.Equal(5, SymbolList.Parse(SymbolList.Default, "symbols").Value.Count);

    [Fact]
    public void Coin_IsTheExchangesOwnName()
    {
        Assert.Equal(["kPEPE", null], SymbolList.Parse("HL:kPEPE,AAPL", "symbols").Value.Select(symbol => symbol.Coin));
    }
}
