using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.Jobs;

/// <summary>The daily analyses in both stores: written to SQL and then to the key-value store, read from SQL where they are there.</summary>
internal sealed class AnalysisStore(JobsDatabase database, IJobRepository jobs, IKeyValueStore keyValues) : IAnalysisStore
{
    public async Task<OwnedAnalysis?> FindAsync(LocalDate date, CancellationToken cancellationToken)
    {
        if (await FindExecutionAsync(date, cancellationToken) is { } execution)
        {
            return new(AnalysisRows.FromRows(execution, await jobs.ListResultsAsync(execution.Id, cancellationToken)), DataSources.Sql);
        }

        return await keyValues.GetAsync(AnalysisKey.Of(date), cancellationToken) is { } value && AnalysisReader.Read(date, value) is { } analysis
            ? new(analysis, DataSources.KeyValue)
            : null;
    }

    public async Task SaveAsync(DailyAnalysis analysis, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(() => ReplaceAsync(analysis, cancellationToken), cancellationToken);
        await keyValues.PutAsync(
            AnalysisKey.Of(analysis.Date), AnalysisWriter.Write(analysis), new PutOptions(TimeToLive: AnalysisKey.TimeToLive), cancellationToken);
    }

    /// <summary>In the place of the old row stands a new one: a stored row's time, by which lists are ordered, never changes.</summary>
    private async Task<StoredJob> ReplaceAsync(DailyAnalysis analysis, CancellationToken cancellationToken)
    {
        if (await FindExecutionAsync(analysis.Date, cancellationToken) is { } execution)
        {
            await jobs.TryDeleteAsync(execution.Id, cancellationToken);
        }

        return await jobs.StoreAsync(AnalysisRows.ToJob(analysis), cancellationToken);
    }

    private async Task<JobExecution?> FindExecutionAsync(LocalDate date, CancellationToken cancellationToken)
    {
        const string Sql = $"{StoredExecution.Select} WHERE job_type = @JobType AND execution_date = @Date AND run_id = @RunId";

        var key = new { JobType = JobTypes.Analysis, Date = date, RunId = AnalysisRows.RunIdOf(date) };
        return (await database.FindAsync<StoredExecution>(Sql, key, cancellationToken))?.ToExecution();
    }
}
