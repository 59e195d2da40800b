using System.Text;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Analysis.KeyValue;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Data.Tests.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Jobs;

public sealed class AnalysisStoreTests
{
    private static readonly LocalDate Date = new(2026, 11, 20);

    private static readonly DailyAnalysis Analysis = new(
        Date,
        [
            new("AAPL", "bullish", 0.7909m, "up", "why", """[{"type":"rsi_14","value":0}]"""),
            new("TSLA", "bearish", 0m, "down", null, null),
            new("MSFT", null, null, null, "MSFT has no prices.", null),
        ],
        Instant.FromUtc(2026, 11, 20, 12, 30),
        "morning_prediction_alerts",
        120);

    private readonly ManualClock clock = new("2026-11-20T12:30:01Z");

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Save_ThenFind_IsTheSameAnalysis_FromEitherStore(DatabaseProvider provider)
    {
        var inKeyValue = new MemoryKeyValueStore(clock);
        await inKeyValue.PutAsync("analysis_2026-01-08", Encoding.UTF8.GetBytes(AnalysisShapes.Bridge), PutOptions.None, CancellationToken.None);
        foreach (var (keyValues, source) in new[] { (inKeyValue, DataSources.KeyValue), (new MemoryKeyValueStore(clock), DataSources.Sql) })
        {
            await using var other = await Databases.CreateJobsAsync(provider);
            var store = StoreOf(other, keyValues);
            await store.SaveAsync(Analysis, CancellationToken.None);

            var found = (await store.FindAsync(Date, CancellationToken.None))!;

            Assert.Equal(source, found.Source);
            AssertSame(Analysis, found.Analysis);
        }

        var entry = (await inKeyValue.GetWithMetadataAsync("analysis_2026-11-20", CancellationToken.None))!;
        AssertSame(Analysis, AnalysisReader.Read(Date, entry.Value)!);
        Assert.Equal(Instant.FromUtc(2026, 11, 27, 12, 30, 1).ToUnixTimeSeconds(), KeyHead.Read(entry.Metadata)!.ExpiresAt);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Save_Again_LeavesOneExecution_WithTheNewResults(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateJobsAsync(provider);
        var store = StoreOf(place, new MemoryKeyValueStore(clock));
        await store.SaveAsync(Analysis, CancellationToken.None);
        await store.SaveAsync(Analysis with { Symbols = [.. Analysis.Symbols.Take(2)] }, CancellationToken.None);

        var execution = (await JobsOf(place).FindLatestAsync(JobTypes.Analysis, null, Date, CancellationToken.None))!;

        Assert.Equal((JobStatus.Success, "kv:analysis_2026-11-20", new SymbolCounts(2, 2, null, 0)), (execution.Status, execution.RunId, execution.Symbols));
        Assert.Equal([1L], await place.Jobs.QueryAsync<long>("SELECT COUNT(*) FROM job_executions", null, CancellationToken.None));
        Assert.Equal([2L], await place.Jobs.QueryAsync<long>("SELECT COUNT(*) FROM scheduled_job_results", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Change_ByManyAtOnce_KeepsWhatEachOfThemAdded(DatabaseProvider provider)
    {
        var inKeyValue = new MemoryKeyValueStore(clock);
        await inKeyValue.PutAsync("analysis_2026-01-08", Encoding.UTF8.GetBytes(AnalysisShapes.Bridge), PutOptions.None, CancellationToken.None);
        string[] symbols = [.. Enumerable.Range(0, 12).Select(number => $"S{number}")];
        foreach (var keyValues in new[] { inKeyValue, new MemoryKeyValueStore(clock) })
        {
            await using var place = await Databases.CreateJobsAsync(provider);
            var store = StoreOf(place, keyValues);

            await Task.WhenAll(symbols.Select(symbol => Task.Run(() => store.ChangeAsync(Date, OperationId.New(), stored => Add(stored, symbol), CancellationToken.None))));

            Assert.Equal(symbols.Order(), (await store.FindAsync(Date, CancellationToken.None))!.Analysis.Symbols.Select(symbol => symbol.Symbol).Order());
        }

        static DailyAnalysis Add(DailyAnalysis? stored, string symbol) => Analysis with { Symbols = [.. stored?.Symbols ?? [], Analysis.Symbols[0] with { Symbol = symbol }] };
    }

    [Fact]
    public async Task Save_SomeSymbolsFailed_IsPartial_WithTheReasons()
    {
        await using var place = await Databases.CreateJobsAsync(DatabaseProvider.Sqlite);
        await StoreOf(place, new MemoryKeyValueStore(clock)).SaveAsync(Analysis, CancellationToken.None);

        var execution = (await JobsOf(place).FindLatestAsync(JobTypes.Analysis, null, Date, CancellationToken.None))!;

        Assert.Equal((JobStatus.Partial, new SymbolCounts(3, 2, null, 1)), (execution.Status, execution.Symbols));
        Assert.Equal(["MSFT has no prices."], execution.Errors);
        Assert.Equal(Analysis.AnalyzedAt, execution.ExecutedAt);
    }

    [Fact]
    public async Task Find_WhatOnlyTheKeyValueStoreHas_IsReadThere_AndOnlyOfExactlyThatDate()
    {
        await using var place = await Databases.CreateJobsAsync(DatabaseProvider.Sqlite);
        var keyValues = new MemoryKeyValueStore(clock);
        await keyValues.PutAsync("analysis_2026-01-08", Encoding.UTF8.GetBytes(AnalysisShapes.Bridge), PutOptions.None, CancellationToken.None);
        await keyValues.PutAsync("analysis_2026-01-09", Encoding.UTF8.GetBytes("{}"), PutOptions.None, CancellationToken.None);
        var store = StoreOf(place, keyValues);

        Assert.Equal(DataSources.KeyValue, (await store.FindAsync(new(2026, 1, 8), CancellationToken.None))!.Source);
        Assert.Null(await store.FindAsync(new(2026, 1, 9), CancellationToken.None));
        Assert.Null(await store.FindAsync(new(2026, 1, 7), CancellationToken.None));
    }

    [Fact]
    public async Task Save_AnAnalysisWithoutItsTime_IsReadWithoutOne()
    {
        await using var place = await Databases.CreateJobsAsync(DatabaseProvider.Sqlite);
        var store = StoreOf(place, new MemoryKeyValueStore(clock));
        await store.SaveAsync(Analysis with { AnalyzedAt = null, TriggerMode = null, DurationMs = null }, CancellationToken.None);

        AssertSame(Analysis with { AnalyzedAt = null, TriggerMode = null, DurationMs = null }, (await store.FindAsync(Date, CancellationToken.None))!.Analysis);
    }

    private static void AssertSame(DailyAnalysis expected, DailyAnalysis actual)
    {
        Assert.Equal(expected.Symbols, actual.Symbols);
        Assert.Equal(expected with { Symbols = actual.Symbols }, actual);
    }

    private SqlJobRepository JobsOf(TestPlace place) => new(place.Jobs, clock);

    private IAnalysisStore StoreOf(TestPlace place, MemoryKeyValueStore keyValues) => TestEngine.On(place, keyValues, clock).Get<IAnalysisStore>();
}
