using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>
/// Analyses symbols for whoever asks and stores the verdicts with the day's. Symbols of the day that were not asked for keep theirs, and a failure replaces
/// no verdict; the morning's run keeps what it found (rule R9).
/// </summary>
public sealed class AnalyzeNow(AnalyzeSymbols analyze, IAnalysisStore analyses, TimeProvider clock)
{
    private const string TriggerMode = "manual_analysis";

    /// <summary>The verdicts on the symbols, stored unless every one failed, or verdicts were stored by the same operation already.</summary>
    public async Task<DailyAnalysis> ExecuteAsync(IReadOnlyList<MarketSymbol> symbols, OperationId operation, CancellationToken cancellationToken)
    {
        var date = BusinessDate.Of(clock.GetInstant());
        var quotes = await analyze.FetchAsync(symbols, cancellationToken);

        // Coins are traded on when New York's date is still yesterday's in UTC.
        var analysis = await analyze.JudgeAsync(quotes, new(date, symbols, date.PlusDays(2), TriggerMode), cancellationToken);
        if (AnalysisRows.StatusOf(analysis) != JobStatus.Failed)
        {
            await analyses.ChangeAsync(date, operation, stored => stored is null ? analysis : Join(stored, analysis), cancellationToken);
        }

        return analysis;
    }

    private static DailyAnalysis Join(DailyAnalysis before, DailyAnalysis now)
    {
        var fresh = now.Symbols.ToDictionary(symbol => symbol.Symbol);
        var kept = before.Symbols.Select(symbol => fresh.GetValueOrDefault(symbol.Symbol) is { } found && (found.IsUsable || !symbol.IsUsable) ? found : symbol).ToList();
        var names = before.Symbols.Select(symbol => symbol.Symbol).ToHashSet(StringComparer.Ordinal);
        return now with { Symbols = [.. kept, .. now.Symbols.Where(symbol => !names.Contains(symbol.Symbol))] };
    }
}
