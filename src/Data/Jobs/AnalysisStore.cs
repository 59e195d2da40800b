using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Jobs;

/// <summary>The daily analyses, in whichever store owns each of them. The rows of those that are over their time in the key-value store stay in SQL, and are read there.</summary>
internal sealed class AnalysisStore(ManagedValues<DailyAnalysis> analyses, JobsDatabase database, IJobRepository jobs, TimeProvider clock) : IAnalysisStore
{
    public async Task<OwnedAnalysis?> FindAsync(LocalDate date, CancellationToken cancellationToken)
    {
        try
        {
            var (analysis, isFromSql) = await analyses.ReadAsync(AnalysisKey.Of(date), cancellationToken);
            return analysis is null ? await FindKeptAsync(date, cancellationToken) : new(analysis, isFromSql ? DataSources.Sql : DataSources.KeyValue);
        }
        catch (UnreadableDataException)
        {
            // A report of it is one without data; the migration names the key and why it cannot be read.
            return null;
        }
    }

    public async Task SaveAsync(DailyAnalysis analysis, CancellationToken cancellationToken) =>
        Acknowledge(await analyses.ReplaceAsync(AnalysisKey.Of(analysis.Date), OperationId.New(), analysis, NextExpiry(), cancellationToken));

    public async Task ChangeAsync(
        LocalDate date, OperationId operation, Func<DailyAnalysis?, DailyAnalysis> change, CancellationToken cancellationToken) =>
        Acknowledge(await analyses.WriteAsync(AnalysisKey.Of(date), operation, stored => change(stored), NextExpiry(), cancellationToken));

    private long NextExpiry() => (clock.GetInstant() + AnalysisKey.TimeToLive).ToUnixTimeSeconds();

    private static void Acknowledge(Result<KeyWritten> written)
    {
        if (written.Error is { } error)
        {
            throw new UnavailableException(error);
        }
    }

    private async Task<OwnedAnalysis?> FindKeptAsync(LocalDate date, CancellationToken cancellationToken)
    {
        const string Sql = $"{StoredExecution.Select} WHERE job_type = @JobType AND execution_date = @Date AND run_id = @RunId";

        var key = new { JobType = JobTypes.Analysis, Date = date, RunId = AnalysisRows.RunIdOf(date) };
        return (await database.FindAsync<StoredExecution>(Sql, key, cancellationToken))?.ToExecution() is { } execution
            ? new(AnalysisRows.FromRows(execution, await jobs.ListResultsAsync(execution.Id, cancellationToken)), DataSources.Sql)
            : null;
    }
}
