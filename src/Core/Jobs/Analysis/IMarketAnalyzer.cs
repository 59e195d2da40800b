using NodaTime;
using TraderHub.Core.Jobs.Quotes;

namespace TraderHub.Core.Jobs.Analysis;

/// <summary>Judges symbols. The built-in one computes from prices alone; another may ask a model.</summary>
public interface IMarketAnalyzer
{
    /// <summary>The analyser's name, kept with what it found.</summary>
    string Name { get; }

    /// <summary>One verdict, or the reason for none, per history, in their order.</summary>
    /// <param name="histories">The symbols with the prices that may be looked at.</param>
    /// <param name="date">The business date that the verdicts are for.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    Task<IReadOnlyList<SymbolVerdict>> AnalyzeAsync(IReadOnlyList<PriceHistory> histories, LocalDate date, CancellationToken cancellationToken);
}
