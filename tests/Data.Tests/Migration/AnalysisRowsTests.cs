using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Data.Jobs;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>The rows of daily analyses.</summary>
public sealed class AnalysisRowsTests
{
    private const string Key = "analysis_2026-01-08";

    private readonly ManualClock clock = new("2026-11-20T12:31:00Z");

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task EveryShape_IsTheExecutionThatTheRestOfTheModuleKnows(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var group = SyncStores.Jobs(place.Jobs, clock);
        var jobs = new SqlJobRepository(place.Jobs, clock);
        for (var i = 0; i < AnalysisShapes.All.Count; i++)
        {
            await group.SaveAsync(group.Put(Key, AnalysisShapes.All[i].Json, version: i + 1));

            var execution = (await jobs.FindLatestAsync(JobTypes.Analysis, null, new(2026, 1, 8), CancellationToken.None))!;
            Assert.Equal(
                (JobStatus.Partial, "kv:analysis_2026-01-08", JobTriggers.KeyValue, Instant.FromUtc(2026, 1, 8, 12, 31, 20), new SymbolCounts(3, 2, null, 1)),
                (execution.Status, execution.RunId, execution.TriggerSource, execution.ExecutedAt, execution.Symbols));
            Assert.Equal(1, execution.Id);
            Assert.Equal(["MSFT has no verdict."], execution.Errors);
            Assert.Equal(3, (await jobs.ListResultsAsync(execution.Id, CancellationToken.None)).Count);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AnExecutionThatWasThereBefore_IsReplacedInItsPlace(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var group = SyncStores.Jobs(place.Jobs, clock);
        var jobs = new SqlJobRepository(place.Jobs, clock);
        var at = Instant.FromUtc(2026, 1, 8, 12, 31, 20);
        await jobs.StoreAsync(
            AnalysisRows.ToJob(new(new(2026, 1, 8), [new("AAPL", "bullish", 0.5m, "up", null, null)], at, "manual", 5)), CancellationToken.None);

        var before = await group.ReadRowsAsync(Key);
        await group.SaveAsync(group.Put(Key, AnalysisShapes.Enhanced));

        Assert.Contains("\"AAPL\":{\"symbol\":\"AAPL\"", before, StringComparison.Ordinal);
        Assert.Equal([1L], await place.Jobs.QueryAsync<long>("SELECT id FROM job_executions", null, CancellationToken.None));
        Assert.Equal(["AAPL", "MSFT", "TSLA"], (await jobs.ListResultsAsync(1, CancellationToken.None)).Select(result => result.Symbol));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AnotherTime_IsANewRow_AndTheSameTimeIsTheOldOne(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var group = SyncStores.Jobs(place.Jobs, clock);
        await group.SaveAsync(group.Put(Key, AnalysisShapes.Enhanced));
        await group.SaveAsync(group.Put(Key, AnalysisShapes.Enhanced.Replace("0.83", "0.5", StringComparison.Ordinal), version: 2));
        Assert.Equal([1L], await place.Jobs.QueryAsync<long>("SELECT id FROM job_executions", null, CancellationToken.None));

        await group.SaveAsync(group.Put(Key, AnalysisShapes.Enhanced.Replace("12:31:20", "13:00:00", StringComparison.Ordinal), version: 3));

        Assert.NotEqual(1L, (await place.Jobs.QueryAsync<long>("SELECT id FROM job_executions", null, CancellationToken.None)).Single());
        Assert.Equal([3L], await place.Jobs.QueryAsync<long>("SELECT COUNT(*) FROM scheduled_job_results", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task TheTextAsItWas_IsKept_UntilAValueComesThatSqlWrote(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var group = SyncStores.Jobs(place.Jobs, clock);

        var write = group.Put(Key, AnalysisShapes.Bridge, Saving.Headless, keepsText: true);
        await group.SaveAsync(write);
        await group.SaveAsync(Core.Migration.Ownership.KeyWrite.Keep(write.Entity, Key, write.Sync with { MirroredVersion = 1 }));
        var kept = await TextsAsync();
        await group.SaveAsync(group.Put(Key, (await group.ReadRowsAsync(Key))!, version: 2));

        Assert.Equal([AnalysisShapes.Bridge], kept);
        Assert.Equal([null], await TextsAsync());

        Task<IReadOnlyList<string?>> TextsAsync() => place.Jobs.QueryAsync<string?>("SELECT original FROM kv_sync", null, CancellationToken.None);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AKeyThatExpires_LeavesItsRows_AndHasNoValue(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var group = SyncStores.Jobs(place.Jobs, clock);
        var state = Saving.Headless with { Version = 1, ExpiresAt = 1_795_000_000 };
        await group.SaveAsync(group.Put(Key, AnalysisShapes.Enhanced, state));

        await group.SaveAsync(group.Put(Key, string.Empty, state with { Version = 2, DeletedAt = 1_795_000_001 }));
        var expired = await group.ReadAsync(Key);

        Assert.Null(expired.Value);
        Assert.NotNull(expired.Rows);
        Assert.Equal([1L], await place.Jobs.QueryAsync<long>("SELECT id FROM job_executions", null, CancellationToken.None));
    }
}
