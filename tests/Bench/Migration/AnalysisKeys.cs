using System.Globalization;
using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.KeyValue;

namespace TraderHub.Bench.Migration;

/// <summary>Analyses under the keys of as many days, each of five symbols: an execution and five results.</summary>
internal static class AnalysisKeys
{
    public const int RowsOfEach = 6;

    private const int AtOnce = 16;

    private static readonly LocalDate First = new(1752, 1, 1);

    private static readonly string[] Symbols = ["AAPL", "MSFT", "GOOGL", "TSLA", "NVDA"];

    /// <summary>Stores them.</summary>
    public static Task StoreAsync(IKeyValueStore store, int count, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (number, token) => await store.PutAsync(AnalysisKey.Of(First.PlusDays(number)), AnalysisWriter.Write(Make(number)), PutOptions.None, token));

    private static DailyAnalysis Make(int number)
    {
        var date = First.PlusDays(number);
        return new(
            date,
            [.. Symbols.Select((symbol, place) => Make(symbol, number + place))],
            (date + new LocalTime(12, 31, 20)).InUtc().ToInstant(),
            "morning_prediction_alerts",
            number * 7919 % 60_000);
    }

    private static AnalyzedSymbol Make(string symbol, int number) => new(
        symbol,
        number % 3 == 0 ? "bearish" : "bullish",
        number % 100 / 100m,
        number % 3 == 0 ? "DOWN" : "UP",
        string.Create(CultureInfo.InvariantCulture, $"Both models lean the same way after {number % 17} news"),
        string.Create(CultureInfo.InvariantCulture, $$"""{"rsi":{{number % 100}},"trend":"{{(number % 3 == 0 ? "down" : "up")}}","news":{{number % 17}}}"""));
}
