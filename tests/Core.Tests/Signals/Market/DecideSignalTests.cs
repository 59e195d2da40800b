using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Tests.Signals.Market;

public sealed class DecideSignalTests
{
    private static readonly SignalIndicators Far = new(400, 400, 400, 400, 600, 400, 300);

    private static readonly Gen<double> Prices = Gen.Choose(1, 1_000_000).Select(cents => cents / 100d);

    private static readonly Gen<PriceChart> Charts =
        from count in Gen.Choose(1, 260)
        from closes in Prices.ListOf(count)
        from price in Prices
        select new PriceChart(price, [.. closes.Select(close => new PriceBar(close, close * 1.02, close * 0.98, close))]);

    private static readonly Gen<FearGreedReading> Readings =
        from score in Gen.Choose(0, 100)
        from rating in Gen.Elements("extreme fear", "fear", "neutral", "greed", "extreme greed")
        select Index(rating, score);

    private static readonly Gen<HeldPosition?> Positions = Gen.Frequency(
        (1, Gen.Constant<HeldPosition?>(null)), (2, Prices.Select(entry => (HeldPosition?)new HeldPosition("SPY", entry))));

    private static readonly Arbitrary<(PriceChart Chart, FearGreedReading Index, HeldPosition? Position)> Situations = Arb.From(
        from chart in Charts
        from index in Readings
        from position in Positions
        select (chart, index, position));

    [Fact]
    public void Of_AHighThatIsNearlyReached_InProfit_IsSoldAtTheHigh()
    {
        var signal = DecideSignal.Of("SPY", new(495, Far, 500), Index("greed", 70), new("SPY", 400));

        Assert.Equal((SignalKind.Sell, "ALL_TIME_HIGH", 500d, 400d), (signal.Kind, signal.ExitTrigger, signal.SellTarget, signal.EntryPrice));
        Assert.Equal(606, signal.BollingerSellTarget!.Value, 6);
    }

    [Theory]
    [InlineData(495)]
    [InlineData(500)]
    public void Of_AHighThatIsNearlyReached_WithoutProfit_IsHeld(double entry)
    {
        var signal = DecideSignal.Of("SPY", new(495, Far, 500), Index("greed", 70), new("SPY", entry));

        Assert.Equal((SignalKind.Hold, null, 500d), (signal.Kind, signal.ExitTrigger, signal.SellTarget));
        Assert.Contains("back in profit", signal.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FlatClosesAndALoss_IsHeldUntilItIsBackInProfit()
    {
        var signal = DecideSignal.Of("SPY", MarketFigures.Of(Flat(140, 150, 60))!, Index("neutral", 50), new("SPY", 220));

        Assert.Equal((SignalKind.Hold, null), (signal.Kind, signal.ExitTrigger));
        Assert.Contains("back in profit", signal.Reasoning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 205, 500, "BOLLINGER_UPPER", 202)]
    [InlineData(200, 199, 500, "BOLLINGER_UPPER", 202)]
    [InlineData(200, 200, 200, "BOLLINGER_UPPER", 202)]
    [InlineData(200, 199, 200, "ALL_TIME_HIGH", 200)]
    public void Of_TheUpperBand_IsTheTrigger_WhenItAloneIsReached_OrThePriceIsNotBelowIt(double upper, double price, double high, string trigger, double target)
    {
        var signal = DecideSignal.Of("SPY", new(price, Far with { BollingerUpper = upper }, high), Index("greed", 70), new("SPY", 100));

        Assert.Equal((SignalKind.Sell, trigger), (signal.Kind, signal.ExitTrigger));
        Assert.Equal(target, signal.SellTarget!.Value, 6);
    }

    [Theory]
    [InlineData("fear", SignalKind.Buy)]
    [InlineData("extreme fear", SignalKind.Buy)]
    [InlineData("neutral", SignalKind.Hold)]
    [InlineData("extreme greed", SignalKind.Hold)]
    public void Of_APriceNearAnAverage_IsBoughtInFearOnly(string rating, SignalKind kind)
    {
        var signal = DecideSignal.Of("SPY", MarketFigures.Of(Flat(100, 101, 60))!, Index(rating, 30), position: null);

        Assert.Equal((kind, true, true), (signal.Kind, signal.ConditionA, signal.ConditionB));
        Assert.Equal((null, null, null, null), (signal.EntryPrice, signal.SellTarget, signal.BollingerSellTarget, signal.ExitTrigger));
    }

    [Theory]
    [InlineData(101, true)]
    [InlineData(101.01, false)]
    public void Of_APriceAboveTheAverages_IsNearUpToOnePercent(double price, bool isNear) =>
        Assert.Equal(isNear, DecideSignal.Of("SPY", new(price, new(100, 100, 100, 100, 110, 100, 100), 500), Index("fear", 30), null).ConditionA);

    [Fact]
    public void Of_TheShortAverage_CountsOnlyWithTheLowerBand() => Assert.False(
        DecideSignal.Of("SPY", new(100, new(100, 90, 90, 90, 110, 100, 90), 500), Index("fear", 30), null).ConditionA);

    [Fact]
    public void Figures_OfFlatCloses_AreThatPrice()
    {
        var figures = MarketFigures.Of(Flat(100, 100, 20))!;

        Assert.Equal(new SignalIndicators(100, 100, 100, 100, 100, 100, 100), figures.Indicators);
        Assert.Equal(100, figures.HighestPrice);
    }

    [Fact]
    public void Figures_OfKnownCloses_AreWhatTheyComeTo()
    {
        // 1..60: the last 20 are 41..60, whose variance is (20^2 - 1) / 12.
        var figures = MarketFigures.Of(new(60, [.. Enumerable.Range(1, 60).Select(day => new PriceBar(day, day + 3, day, day))]))!;

        var width = 2 * Math.Sqrt(399d / 12);
        Assert.Equal((50.5, 35.5, 30.5, 30.5), (figures.Indicators.Sma20, figures.Indicators.Sma50, figures.Indicators.Sma100, figures.Indicators.Sma200));
        Assert.Equal(50.5 + width, figures.Indicators.BollingerUpper, 9);
        Assert.Equal(50.5 - width, figures.Indicators.BollingerLower, 9);
        Assert.Equal(63, figures.HighestPrice);
    }

    [Fact]
    public void Figures_OfFewerThanTwentyDays_AreNone() => Assert.Null(MarketFigures.Of(Flat(100, 100, 19)));

    [Fact]
    public void Of_AnySituation_HoldsWhatIsPromised() => Prop.ForAll(Situations, situation =>
    {
        var (chart, index, position) = situation;
        if (MarketFigures.Of(chart) is not { } figures)
        {
            return chart.Bars.Count < 20;
        }

        var signal = DecideSignal.Of("SPY", figures, index, position);
        var mayBuy = position is null && signal.ConditionA && index.Rating.EndsWith("fear", StringComparison.Ordinal);
        return (signal.Kind == SignalKind.Buy) == mayBuy
            && (signal.Kind != SignalKind.Sell || chart.CurrentPrice > position!.EntryPrice)
            && (signal.Kind == SignalKind.Sell) == (signal.ExitTrigger is not null)
            && signal.CurrentPrice == chart.CurrentPrice
            && signal.EntryPrice == position?.EntryPrice
            && (signal.SellTarget is null) == (position is null)
            && (signal.BollingerSellTarget is null) == (position is null)
            && signal.Reasoning.EndsWith('.');
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Figures_OfAnyChart_HaveBandsAsFarAboveTheMiddleAsBelow() => Prop.ForAll(Arb.From(Charts), chart =>
    {
        if (MarketFigures.Of(chart) is not { } figures)
        {
            return chart.Bars.Count < 20;
        }

        var indicators = figures.Indicators;
        var closes = chart.Bars.Select(bar => bar.Close).ToList();
        double[] averages = [indicators.Sma20, indicators.Sma50, indicators.Sma100, indicators.Sma200];
        var (above, below) = (indicators.BollingerUpper - indicators.BollingerMiddle, indicators.BollingerMiddle - indicators.BollingerLower);
        return above >= 0
            && Math.Abs(above - below) <= 1e-6
            && indicators.BollingerMiddle == indicators.Sma20
            && averages.All(average => average >= closes.Min() - 1e-6 && average <= closes.Max() + 1e-6)
            && figures.HighestPrice >= closes.Max();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unavailable_HasNoPrice_AndNeverLooksLikeAHold() => Prop.ForAll(Arb.From(Positions), position =>
    {
        var signal = DecideSignal.Unavailable("SPY", position, "nobody answers.", index: null);
        return signal is { Kind: SignalKind.Unavailable, CurrentPrice: null, Indicators: null, SellTarget: null, BollingerSellTarget: null, ExitTrigger: null }
            && !signal.ConditionA && !signal.ConditionB && !signal.ConditionC;
    }).QuickCheckThrowOnFailure();

    private static PriceChart Flat(double close, double price, int days) => new(price, [.. Enumerable.Repeat(new PriceBar(close, close, close, close), days)]);

    private static FearGreedReading Index(string rating, double score) =>
        new(FearGreedMarket.Stocks, rating, score, Instant.FromUtc(2026, 11, 20, 15, 0), IsStale: false);
}
