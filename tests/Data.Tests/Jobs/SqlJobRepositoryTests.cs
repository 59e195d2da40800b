using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Data.Jobs;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Jobs;

public sealed class SqlJobRepositoryTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 20, 12, 30);
    private static readonly LocalDate Friday = new(2026, 11, 20);
    private static readonly ManualClock Clock = new("2026-11-20T12:31:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task StoreAsync_ZeroStaysZero_AndUnknownStaysNull(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var jobs = new SqlJobRepository(place.Jobs, Clock);

        var stored = await jobs.StoreAsync(
            Job("run-1") with
            {
                Symbols = new SymbolCounts(5, 5, null, 0),
                ExecutionTimeMs = 0,
                Results = [new NewJobResult(ResultTypes.AnalysisDetail) { Symbol = "AAPL", Confidence = 0, Signals = "[]" }],
            },
            CancellationToken.None);

        var found = (await jobs.FindAsync(stored.Id, CancellationToken.None))!;
        Assert.Equal(new SymbolCounts(5, 5, null, 0), found.Symbols);
        Assert.Equal(0, found.ExecutionTimeMs);
        Assert.Equal(1.0, found.SuccessRate);
        Assert.Null(found.StartedAt);
        var result = Assert.Single(await jobs.ListResultsAsync(stored.Id, CancellationToken.None));
        Assert.Equal(0.0, result.Confidence);
        Assert.Null(result.Sentiment);
        Assert.Equal("[]", result.Signals);
        Assert.Equal("2026-11-20T12:31:00.000Z", result.CreatedAt);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task StoreAsync_TheSameRunAgain_IsThereOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var jobs = new SqlJobRepository(place.Jobs, Clock);
        var job = Job("kv:analysis_2026-11-20") with { Results = [new NewJobResult(ResultTypes.AnalysisDetail) { Symbol = "AAPL" }] };

        var first = await jobs.StoreAsync(job, CancellationToken.None);
        var again = await jobs.StoreAsync(job with { Status = JobStatus.Failed }, CancellationToken.None);

        Assert.Equal(first with { IsNew = false }, again);
        Assert.Equal(JobStatus.Success, (await jobs.FindAsync(first.Id, CancellationToken.None))!.Status);
        Assert.Single(await jobs.ListResultsAsync(first.Id, CancellationToken.None));
        Assert.True((await jobs.StoreAsync(job with { ReportType = ReportTypes.Weekly }, CancellationToken.None)).IsNew);
        Assert.True((await jobs.StoreAsync(job with { RunId = "other" }, CancellationToken.None)).IsNew);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task StoreAsync_AResultThatIsRefused_LeavesNothingOfTheExecution(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var jobs = new SqlJobRepository(place.Jobs, Clock);

        await Assert.ThrowsAsync<StorageConstraintException>(
            () => jobs.StoreAsync(Job("run-1") with { Results = [new NewJobResult(ResultTypes.AnalysisDetail), new NewJobResult(null!)] }, CancellationToken.None));

        Assert.Equal([0L], await place.Jobs.QueryAsync<long>("SELECT COUNT(*) FROM job_executions", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindLatestAsync_IsTheNewestBusinessDate_ThenTheNewestExecution(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var jobs = new SqlJobRepository(place.Jobs, Clock);
        var early = await jobs.StoreAsync(Job("early"), CancellationToken.None);
        var late = await jobs.StoreAsync(Job("late") with { ExecutedAt = Noon + Duration.FromHours(1), ReportType = ReportTypes.Intraday }, CancellationToken.None);
        await jobs.StoreAsync(
            Job("backfilled-now") with { ExecutionDate = Friday.PlusDays(-1), ExecutedAt = Noon + Duration.FromHours(9) }, CancellationToken.None);

        Assert.Equal(late.Id, (await jobs.FindLatestAsync(JobTypes.Analysis, null, null, CancellationToken.None))!.Id);
        Assert.Equal(late.Id, (await jobs.FindLatestAsync(JobTypes.Analysis, ReportTypes.Intraday, Friday, CancellationToken.None))!.Id);
        Assert.Null(await jobs.FindLatestAsync(JobTypes.Analysis, ReportTypes.Intraday, Friday.PlusDays(-1), CancellationToken.None));
        Assert.Null(await jobs.FindLatestAsync("other", null, null, CancellationToken.None));
        Assert.NotEqual(early.Id, late.Id);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryDeleteAsync_TakesTheResultsAlong_AndSparesARunningRun(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var jobs = new SqlJobRepository(place.Jobs, Clock);
        var ended = await jobs.StoreAsync(Job("ended") with { Results = [new NewJobResult(ResultTypes.AnalysisDetail)] }, CancellationToken.None);
        var running = await jobs.StoreAsync(Job("running") with { Status = JobStatus.Running }, CancellationToken.None);
        await new SqlJobRunLog(place.Jobs).BeginStageAsync(ended.Id, JobStages.Init, Noon, CancellationToken.None);

        Assert.True(await jobs.TryDeleteAsync(ended.Id, CancellationToken.None));
        Assert.False(await jobs.TryDeleteAsync(ended.Id, CancellationToken.None));
        Assert.False(await jobs.TryDeleteAsync(running.Id, CancellationToken.None));

        Assert.Equal(
            [0L],
            await place.Jobs.QueryAsync<long>(
                "SELECT (SELECT COUNT(*) FROM scheduled_job_results) + (SELECT COUNT(*) FROM job_stage_log)", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_ErrorsThatAnotherSystemWroteAsText_AreOneError(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var jobs = new SqlJobRepository(place.Jobs, Clock);
        var stored = await jobs.StoreAsync(Job("run-1") with { Errors = ["a", "b"] }, CancellationToken.None);
        Assert.Equal(["a", "b"], (await jobs.FindAsync(stored.Id, CancellationToken.None))!.Errors);

        await place.Jobs.ExecuteAsync("UPDATE job_executions SET errors = 'it broke'", null, CancellationToken.None);

        Assert.Equal(["it broke"], (await jobs.FindAsync(stored.Id, CancellationToken.None))!.Errors);
    }

    private static NewJob Job(string runId) => new(JobTypes.Analysis, Friday, null, runId, JobStatus.Success, Noon);
}
