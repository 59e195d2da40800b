using NodaTime;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Jobs.Analysis;

/// <summary>The daily analyses, wherever they are kept. Every write of them goes through here.</summary>
public interface IAnalysisStore
{
    /// <summary>A business date's analysis, and where it was read; null when there is none of exactly that date.</summary>
    Task<OwnedAnalysis?> FindAsync(LocalDate date, CancellationToken cancellationToken);

    /// <summary>Stores a day's analysis in the place of the one there may be.</summary>
    Task SaveAsync(DailyAnalysis analysis, CancellationToken cancellationToken);

    /// <summary>Makes another analysis of a day's, or of null where there is none; no other change comes between.</summary>
    /// <param name="date">The business date, which the analysis keeps.</param>
    /// <param name="operation">The change's name: what was done under it is not done again.</param>
    /// <param name="change">What becomes of it; asked again when somebody else was faster.</param>
    /// <param name="cancellationToken">Ends it; it may have been stored.</param>
    Task ChangeAsync(LocalDate date, OperationId operation, Func<DailyAnalysis?, DailyAnalysis> change, CancellationToken cancellationToken);
}

/// <summary>An analysis, and where it was read.</summary>
/// <param name="Analysis">The analysis.</param>
/// <param name="Source">One of <see cref="DataSources"/>.</param>
public sealed record OwnedAnalysis(DailyAnalysis Analysis, string Source);

/// <summary>Where data were read.</summary>
public static class DataSources
{
    /// <summary>The database.</summary>
    public const string Sql = "sql";

    /// <summary>The key-value store.</summary>
    public const string KeyValue = "kv";
}
