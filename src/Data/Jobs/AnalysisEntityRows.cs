using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Platform;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

/// <summary>The analysis of a business date as an execution, which its key names (rule J2), and a result for each symbol.</summary>
internal sealed class AnalysisEntityRows(IEntity<DailyAnalysis> entity) : IEntityRows
{
    public IEntity Entity => entity;

    public RowsReading Read(string key)
    {
        var stored = new StoredAnalysis(key);
        return new(stored.Queries, parts => stored.Execution is { } execution ? entity.Render(AnalysisRows.FromRows(execution, stored.Results), parts.Rejected) : null);
    }

    public async Task SaveAsync(SqlSession session, IReadOnlyList<RowsWrite> writes, Instant now)
    {
        // What is new, as nearly all is when much is written, is there with one statement; only what is not is looked at.
        var createdAt = now.ToIso();
        var jobs = writes.Select(write => new JobWrite(write.Key, write.Value is { } value ? AnalysisRows.ToJob(entity.Read(write.Key, value)) : null)).ToList();
        await session.RunAsync(jobs.Where(job => job.Job is not null).Select(job => AnalysisExecutions.Insert(job.Job!, createdAt, id => job.Id = id)));
        await session.RunAsync(jobs.Where(job => job.Id is not null).SelectMany(job => AnalysisResults.Insert(job.Id!.Value, job.Job!.Results, createdAt)));
        foreach (var job in jobs.Where(job => job.Id is null))
        {
            await ReplaceAsync(session, job, createdAt);
        }
    }

    private static async Task ReplaceAsync(SqlSession session, JobWrite write, string now)
    {
        var stored = new StoredAnalysis(write.Key);
        await session.RunAsync(stored.Queries);
        if (stored.Execution is not { } execution)
        {
            return;
        }

        if (write.Job is { } job && job.ExecutedAt == execution.ExecutedAt)
        {
            await session.RunAsync([AnalysisExecutions.Update(execution.Id, job), .. AnalysisResults.Change(execution.Id, stored.Results, job.Results, now)]);
            return;
        }

        // In the place of the old row stands a new one: a stored row's time, by which lists are ordered, never changes.
        await session.RunAsync([AnalysisExecutions.Delete(execution.Id)]);
        if (write.Job is not null)
        {
            await session.RunAsync([AnalysisExecutions.Insert(write.Job, now, id => write.Id = id)]);
            await session.RunAsync(AnalysisResults.Insert(write.Id!.Value, write.Job.Results, now));
        }
    }

    /// <summary>An execution to write, and its id once it is there.</summary>
    private sealed class JobWrite(string key, NewJob? job)
    {
        public string Key { get; } = key;

        public NewJob? Job { get; } = job;

        public long? Id { get; set; }
    }

    /// <summary>The rows of a key, once its queries have run.</summary>
    private sealed class StoredAnalysis
    {
        private readonly List<JobResult> results = [];

        public StoredAnalysis(string key)
        {
            var date = AnalysisKey.DateOf(key)!.Value;
            Queries = [AnalysisExecutions.Find(date, row => Execution = row, results.Add)];
        }

        public IReadOnlyList<SqlStatement> Queries { get; }

        public JobExecution? Execution { get; private set; }

        /// <summary>In the order that they were stored in.</summary>
        public IReadOnlyList<JobResult> Results => [.. results.OrderBy(result => result.Id)];
    }
}
