using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.PreMarket;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Jobs;

public sealed class AnalysisShapesTests
{
    private static readonly LocalDate Date = new(2026, 1, 8);

    private static readonly Gen<string?> Words = Gen.Elements<string?>("bullish", "bearish", "neutral", "unclear", "up", "say \"no\"\n\u2028", null);

    private static readonly Gen<AnalyzedSymbol> Symbols =
        from number in Gen.Choose(0, 99_999)
        from sentiment in Words
        from confidence in Gen.Choose(-1, 1000)
        from direction in Words
        from reasoning in Words
        from signals in Gen.Elements<string?>("""{"agree":true,"x":[1,2.50,null]}""", """[{"type":"rsi_14","value":0}]""", "[]", null)
        select new AnalyzedSymbol($"S{number}", sentiment, confidence < 0 ? null : confidence / 1000m, direction, reasoning, signals);

    private static readonly Gen<DailyAnalysis> Analyses =
        from symbols in Symbols.NonEmptyListOf()
        from seconds in Gen.Choose(0, int.MaxValue)
        from hasTime in Gen.Elements(true, false)
        from mode in Words
        from duration in Gen.Choose(-1, 100_000)
        select new DailyAnalysis(
            Date,
            [.. symbols.DistinctBy(symbol => symbol.Symbol)],
            hasTime ? Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(123_000_000) : null,
            mode,
            duration < 0 ? null : duration);

    public static TheoryData<string> AllShapes { get; } = [.. AnalysisShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(AllShapes))]
    public void Read_EveryShape_IsTheSameAnalysis_AndTheSameReport(string name)
    {
        var analysis = Read(AnalysisShapes.All.Single(shape => shape.Name == name).Json)!;

        Assert.Equal(
            ["AAPL bullish 0.83", "MSFT  ", "TSLA bearish 0"],
            analysis.Symbols.OrderBy(symbol => symbol.Symbol, StringComparer.Ordinal)
                .Select(symbol => string.Create(CultureInfo.InvariantCulture, $"{symbol.Symbol} {Lean.ToSentiment(Lean.Of(symbol.Sentiment))} {symbol.Confidence:0.##}")));
        Assert.Equal("2026-01-08T12:31:20Z", analysis.AnalyzedAt?.ToString());
        var report = PreMarketBuilder.Build(analysis);
        Assert.Equal((1, 1, 0, 1, 3), (report.BullishCount, report.BearishCount, report.NeutralCount, report.FailedCount, report.SymbolsAnalyzed));
        Assert.Equal(["AAPL"], report.HighConfidenceSignals.Select(signal => signal.Symbol));
        Assert.Equal(42, report.Confidence);
    }

    [Fact]
    public void Read_AZeroStaysZero_AndASymbolThatIsNotThereIsFailedAndNotNeutral()
    {
        var symbols = Read(AnalysisShapes.Enhanced)!.Symbols;

        Assert.Equal(0, symbols.Single(symbol => symbol.Symbol == "TSLA").Confidence);
        Assert.True(symbols.Single(symbol => symbol.Symbol == "TSLA").IsUsable);
        Assert.Equal(new AnalyzedSymbol("MSFT", null, null, null, null, null), symbols.Single(symbol => symbol.Symbol == "MSFT"));
    }

    [Fact]
    public void Read_TheMoreExactFieldWins()
    {
        var symbol = Read("""
            {"symbols_analyzed":["A"],"trading_signals":{"A":{"direction":"up","confidence":0.1,"sentiment_layers":[{"sentiment":"bearish","confidence":0.2,"reasoning":"r"}],
             "confidence_metrics":{"overall_confidence":0.4},"enhanced_prediction":{"confidence":0.3},"trading_signals":{"primary_direction":"DOWN"}}}}
            """)!.Symbols.Single();

        Assert.Equal(new AnalyzedSymbol("A", "bearish", 0.4m, "DOWN", "r", """{"primary_direction":"DOWN"}"""), symbol);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("""{"success":false,"error":"not found"}""")]
    [InlineData("""{"symbols_analyzed":[]}""")]
    [InlineData("""{"trading_signals":[1]}""")]
    [InlineData("{\"sentiment_signals\":{\"A\"")]
    public void Read_AnythingElse_IsNone(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("\"0.8\"")]
    [InlineData("83")]
    [InlineData("-0.1")]
    [InlineData("{}")]
    public void Read_AConfidenceThatIsNone_IsUnknown(string confidence) => Assert.Null(
        Read($$$"""{"symbols_analyzed":["A"],"A":{"confidence":{{{confidence}}},"sentiment":"bullish"}}""")!.Symbols.Single().Confidence);

    [Fact]
    public void Write_ThenRead_IsTheSameAnalysis() => Prop.ForAll(Arb.From(Analyses), analysis =>
    {
        var again = AnalysisReader.Read(Date, AnalysisWriter.Write(analysis))!;
        return again.Symbols.SequenceEqual(analysis.Symbols)
            && again with { Symbols = analysis.Symbols } == analysis;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Write_OfWhatWasRead_ReadsTheSameAgain() => Assert.All(AnalysisShapes.All, shape =>
    {
        var first = Read(shape.Json)!;
        var second = AnalysisReader.Read(Date, AnalysisWriter.Write(first))!;
        Assert.Equal(first.Symbols, second.Symbols);
        Assert.Equal(first with { Symbols = second.Symbols }, second);
    });

    [Theory]
    [InlineData("analysis_2026-01-08", "2026-01-08")]
    [InlineData("analysis_2026-01-08_123107", null)]
    [InlineData("analysis_2026-1-8", null)]
    [InlineData("analysis_2026-02-30", null)]
    [InlineData("analysis_", null)]
    [InlineData("Analysis_2026-01-08", null)]
    [InlineData("dual_ai_analysis_2026-01-08", null)]
    public void DateOf_TakesExactDatesAlone(string key, string? date) =>
        Assert.Equal(date, AnalysisKey.DateOf(key)?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void Of_IsTheKeyOfItsDate() => Assert.Equal("analysis_2026-01-08", AnalysisKey.Of(Date));

    private static DailyAnalysis? Read(string json) => AnalysisReader.Read(Date, Encoding.UTF8.GetBytes(json));
}
