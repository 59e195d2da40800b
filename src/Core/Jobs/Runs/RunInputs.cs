using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>What runs take from what others left.</summary>
internal static class RunInputs
{
    /// <summary>The morning's symbols, so that the same are compared. Names of other systems that are none of ours cannot be asked for.</summary>
    public static IReadOnlyList<MarketSymbol> SymbolsOf(this JobsSettings settings, DailyAnalysis morning)
    {
        var symbols = new List<MarketSymbol>();
        foreach (var name in morning.Symbols.Select(symbol => symbol.Symbol))
        {
            if (MarketSymbol.TryParse(name, out var symbol) && !symbols.Contains(symbol))
            {
                symbols.Add(symbol);
            }
        }

        return symbols.Count > 0 ? symbols : settings.Symbols;
    }

    /// <summary>What a day did to the prices that are known.</summary>
    public static IReadOnlyDictionary<string, DayMove> MovesOn(this FetchedQuotes quotes, LocalDate date) => quotes.Histories.Values
        .Select(history => (history.Symbol.Text, Move: history.MoveOn(date)))
        .Where(symbol => symbol.Move is not null)
        .ToDictionary(symbol => symbol.Text, symbol => symbol.Move!);

    /// <summary>The report that an execution kept.</summary>
    public static string? SnapshotContent(this IReadOnlyList<JobResult> results) =>
        results.LastOrDefault(result => result is { ResultType: ResultTypes.ReportSnapshot, ReportContent: not null })?.ReportContent;
}
