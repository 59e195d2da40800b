using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Data.Jobs;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Jobs;

/// <summary>Runs, from their start to their end, through the use cases and the store.</summary>
public sealed class SqlJobRunLogTests
{
    private static readonly JobStart Start = new("intraday", new LocalDate(2026, 11, 20), ReportTypes.Intraday, "run-1", JobTriggers.Schedule);

    private readonly ManualClock clock = new("2026-11-20T16:00:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_StoresTheStagesAndTheEnd(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var (jobs, log, run) = Open(place);

        await run.ExecuteAsync(Start, WorkAsync, CancellationToken.None);

        var execution = (await jobs.FindLatestAsync("intraday", null, null, CancellationToken.None))!;
        Assert.Equal(JobStatus.Partial, execution.Status);
        Assert.Equal(clock.GetInstant() - Duration.FromSeconds(3), execution.ExecutedAt);
        Assert.Equal(execution.ExecutedAt, execution.StartedAt);
        Assert.Equal(3000, execution.ExecutionTimeMs);
        Assert.Equal(new SymbolCounts(2, 1, null, 1), execution.Symbols);
        Assert.Equal(0.5, execution.SuccessRate);
        Assert.Equal(["MSFT: no data"], execution.Errors);
        var stage = Assert.Single(await log.ListStagesAsync(execution.Id, CancellationToken.None));
        Assert.Equal((JobStages.DataFetch, JobStatus.Success), (stage.Stage, stage.Status));
        Assert.Equal(Duration.FromSeconds(2), stage.EndedAt - stage.StartedAt);
        Assert.Equal(2, (await jobs.ListResultsAsync(execution.Id, CancellationToken.None)).Count);

        async Task<JobOutcome> WorkAsync(JobRun current)
        {
            await current.StageAsync(
                JobStages.DataFetch,
                () =>
                {
                    clock.Advance(TimeSpan.FromSeconds(2));
                    return Task.FromResult(true);
                },
                CancellationToken.None);
            clock.Advance(TimeSpan.FromSeconds(1));
            return new JobOutcome(JobStatus.Partial)
            {
                Errors = ["MSFT: no data"],
                Results =
                [
                    new NewJobResult(ResultTypes.AnalysisDetail) { Symbol = "AAPL", Sentiment = "bullish" },
                    new NewJobResult(ResultTypes.AnalysisDetail) { Symbol = "MSFT", Reasoning = "no data" },
                ],
            };
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_AFailure_FailsTheStageAndTheRun_AndIsThrownOn(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var (jobs, log, run) = Open(place);

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.ExecuteAsync(
            Start,
            async current => await current.StageAsync<JobOutcome>(JobStages.Storage, () => throw new InvalidOperationException("no room"), CancellationToken.None),
            CancellationToken.None));

        var execution = (await jobs.FindLatestAsync("intraday", null, null, CancellationToken.None))!;
        Assert.Equal(JobStatus.Failed, execution.Status);
        Assert.Equal(["no room"], execution.Errors);
        var stage = Assert.Single(await log.ListStagesAsync(execution.Id, CancellationToken.None));
        Assert.Equal(JobStatus.Failed, stage.Status);
        Assert.Equal(["no room"], stage.Errors);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task StartAsync_TheSameRunAgain_IsNotStarted(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var (_, _, run) = Open(place);

        Assert.NotNull(await run.StartAsync(Start, CancellationToken.None));
        Assert.Null(await run.StartAsync(Start, CancellationToken.None));
        Assert.NotNull(await run.StartAsync(Start with { RunId = "run-2" }, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MarkStalledJobs_ARunOfHalfAnHour_FailsOnce_AndItsLateEndChangesNothing(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var (jobs, log, run) = Open(place);
        var mark = new MarkStalledJobs(log, clock);
        var hanging = (await run.StartAsync(Start, CancellationToken.None))!;
        await log.BeginStageAsync(hanging.Id, JobStages.DataFetch, clock.GetInstant(), CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(0, await mark.ExecuteAsync(CancellationToken.None));
        var young = (await run.StartAsync(Start with { RunId = "run-2" }, CancellationToken.None))!;

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await mark.ExecuteAsync(CancellationToken.None));
        Assert.Equal(0, await mark.ExecuteAsync(CancellationToken.None));
        await hanging.ExecuteAsync(_ => Task.FromResult(new JobOutcome(JobStatus.Success)));

        var execution = (await jobs.FindAsync(hanging.Id, CancellationToken.None))!;
        Assert.Equal(JobStatus.Failed, execution.Status);
        Assert.Equal([MarkStalledJobs.Stalled], execution.Errors);
        Assert.Equal(JobStatus.Failed, Assert.Single(await log.ListStagesAsync(hanging.Id, CancellationToken.None)).Status);
        Assert.Equal(JobStatus.Running, (await jobs.FindAsync(young.Id, CancellationToken.None))!.Status);
    }

    private (SqlJobRepository Jobs, SqlJobRunLog Log, RunJob Run) Open(TestPlace place)
    {
        var jobs = new SqlJobRepository(place.Jobs, clock);
        var log = new SqlJobRunLog(place.Jobs);
        return (jobs, log, new RunJob(jobs, log, clock));
    }
}
