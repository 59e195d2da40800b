using System.Text.Json;
using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>Comes to a verdict on every symbol, or to the reason why there is none.</summary>
public sealed class AnalyzeSymbols(FetchQuotes fetchQuotes, IMarketAnalyzer analyzer, TimeProvider clock)
{
    /// <summary>Reads the prices.</summary>
    public Task<FetchedQuotes> FetchAsync(IReadOnlyList<MarketSymbol> symbols, CancellationToken cancellationToken) =>
        fetchQuotes.ExecuteAsync(symbols, cancellationToken);

    /// <summary>Judges the prices up to and without a day.</summary>
    /// <param name="quotes">What came of asking for prices.</param>
    /// <param name="task">What for.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    public async Task<DailyAnalysis> JudgeAsync(FetchedQuotes quotes, AnalysisTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        ArgumentNullException.ThrowIfNull(task);
        var started = clock.GetTimestamp();
        var histories = task.Symbols.Where(quotes.Histories.ContainsKey).Select(symbol => quotes.Histories[symbol].Before(task.Before)).ToList();
        var verdicts = (await analyzer.AnalyzeAsync(histories, task.Date, cancellationToken)).ToDictionary(verdict => verdict.Symbol);
        return new(
            task.Date,
            [.. task.Symbols.Select(symbol => SymbolOf(symbol.Text, verdicts.GetValueOrDefault(symbol.Text), quotes.Failures.GetValueOrDefault(symbol)))],
            Instant.FromUnixTimeMilliseconds(clock.GetInstant().ToUnixTimeMilliseconds()),
            task.TriggerMode,
            (long)clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private static AnalyzedSymbol SymbolOf(string symbol, SymbolVerdict? found, string? failure) => found?.Verdict is { } verdict
        ? new(
            symbol,
            verdict.Sentiment,
            verdict.Confidence,
            verdict.Direction,
            verdict.Reasoning,
            JsonSerializer.Serialize(verdict.Signals, ReportJson.Default.IReadOnlyListSignal))
        : new(symbol, null, null, null, found?.Failure ?? failure, null);
}

/// <summary>What is to be analysed.</summary>
/// <param name="Date">The business date that the verdicts are for.</param>
/// <param name="Symbols">The symbols.</param>
/// <param name="Before">The first day whose prices are not looked at.</param>
/// <param name="TriggerMode">What for, in the word that is kept.</param>
public sealed record AnalysisTask(LocalDate Date, IReadOnlyList<MarketSymbol> Symbols, LocalDate Before, string TriggerMode);
