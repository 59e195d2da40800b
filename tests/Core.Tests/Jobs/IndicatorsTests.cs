using FsCheck;
using FsCheck.Fluent;
using TraderHub.Core.Jobs.Analysis;

namespace TraderHub.Core.Tests.Jobs;

public sealed class IndicatorsTests
{
    /// <summary>Wilder's own example, as the textbooks print it: 70.53, 66.32, 66.55 ...</summary>
    private static readonly decimal[] Textbook =
    [
        44.3389m, 44.0902m, 44.1497m, 43.6124m, 44.3278m, 44.8264m, 45.0955m, 45.4245m, 45.8433m, 46.0826m, 45.8931m,
        46.0328m, 45.6140m, 46.2820m, 46.2820m, 46.0028m, 46.0328m, 46.4116m, 46.2222m, 45.6439m,
    ];

    private static readonly Gen<decimal[]> Prices = Gen.Choose(100, 100_000).Select(cents => cents / 100m).ArrayOf(60);

    [Theory]
    [InlineData(15, 70.53)]
    [InlineData(16, 66.32)]
    [InlineData(17, 66.55)]
    [InlineData(18, 69.41)]
    [InlineData(19, 66.36)]
    [InlineData(20, 57.97)]
    public void RelativeStrength_OfTheTextbooksPrices_IsTheTextbooks(int prices, decimal expected) =>
        Assert.Equal(expected, decimal.Round(Indicators.RelativeStrength(Textbook.AsSpan(0, prices), 14)!.Value, 2));

    [Fact]
    public void RelativeStrength_IsBounded_AndUndefinedWithoutAMove()
    {
        Assert.Null(Indicators.RelativeStrength(Textbook.AsSpan(0, 14), 14));
        Assert.Null(Indicators.RelativeStrength([.. Enumerable.Repeat(5m, 20)], 14));
        Assert.Equal(100, Indicators.RelativeStrength([.. Enumerable.Range(1, 20)], 14));
        Assert.Equal(0, Indicators.RelativeStrength([.. Enumerable.Range(1, 20).Reverse()], 14));
        Check(prices => Indicators.RelativeStrength(prices, 14) is >= 0 and <= 100);
    }

    [Fact]
    public void Average_IsOfTheLastPricesAlone()
    {
        Assert.Equal(4, Indicators.Average([100, 3, 4, 5], 3));
        Assert.Null(Indicators.Average([1, 2], 3));
    }

    [Fact]
    public void BollingerPosition_StandsBetweenTheBands()
    {
        // Mean 3, deviation of a population 1.41421356..., bands 0.1716 and 5.8284.
        Assert.Equal(0.8536m, decimal.Round(Indicators.BollingerPosition([1, 2, 3, 4, 5], 5, 2)!.Value, 4));
        Assert.Null(Indicators.BollingerPosition([7, 7, 7, 7, 7], 5, 2));
        Assert.Null(Indicators.BollingerPosition([1, 2, 3, 4], 5, 2));
    }

    [Fact]
    public void Momentum_IsAFractionOfThePriceThen()
    {
        Assert.Equal(0.5m, Indicators.Momentum([2, 9, 3], 2));
        Assert.Null(Indicators.Momentum([2, 3], 2));
        Assert.Null(Indicators.Momentum([0, 9, 3], 2));
    }

    [Fact]
    public void EveryIndicatorButTheAverage_IsTheSameInAnotherCurrency() => Check(prices =>
    {
        var other = Array.ConvertAll(prices, price => price * 4);
        return Near(Indicators.RelativeStrength(prices, 14), Indicators.RelativeStrength(other, 14))
            && Near(Indicators.BollingerPosition(prices, 20, 2), Indicators.BollingerPosition(other, 20, 2))
            && Near(Indicators.Momentum(prices, 10), Indicators.Momentum(other, 10));
    });

    private static bool Near(decimal? left, decimal? right) => left == right || Math.Abs(left!.Value - right!.Value) < 1e-9m;

    private static void Check(Predicate<decimal[]> law) =>
        Prop.ForAll(Arb.From(Prices), prices => law(prices)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
