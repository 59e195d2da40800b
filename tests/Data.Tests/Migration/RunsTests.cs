using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Data.KeyValue.Memory;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What is noted of runs, on both databases.</summary>
public sealed class RunsTests
{
    private static readonly ManualClock Clock = new("2026-11-20T12:31:00Z");

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 12, 31);

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task RunsThatNobodyAskedFor_GoAfterTwoHundredOthers_AndOperatorsStay(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var runs = Data.Migration.SyncStores.Signals(place.Signals, Clock).Runs;
        var asked = await RunAsync(runs, RunKind.Verify, "operator");
        var first = await RunAsync(runs, RunKind.Backfill, MigrationRun.ByItself);
        for (var i = 0; i < 200; i++)
        {
            await RunAsync(runs, RunKind.Backfill, MigrationRun.ByItself);
        }

        Assert.NotNull(await runs.FindAsync(asked.Id, CancellationToken.None));
        Assert.Null(await runs.FindAsync(first.Id, CancellationToken.None));
        Assert.Equal(201, (await runs.ListAsync("signals", 1000, CancellationToken.None)).Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task WhatWasBrokenOff_GoesOnWhereItWas_ButAHandOver_WhichMayHaveBeenOfFewerKeys(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var runs = Data.Migration.SyncStores.Signals(place.Signals, Clock).Runs;

        Assert.Equal("watchlist:5", (await BreakOffAsync(runs, RunKind.Backfill)).Checkpoint);
        Assert.Null((await BreakOffAsync(runs, RunKind.HandOver)).Checkpoint);
    }

    [SkippableTheory]
    [Trait("Case", "C5")]
    [MemberData(nameof(Both))]
    public async Task TryBeginAsync_WhileTheProcessOfTheOtherRunLives_IsRefused_AndWhenItIsGoneHere_TakesOverAtOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var dying = Data.Migration.SyncStores.Signals(place.Signals, Clock).Runs;
        var next = Data.Migration.SyncStores.Signals(place.Signals, Clock).Runs;
        var run = await dying.TryBeginAsync("signals", RunKind.Backfill, "operator", Now, Now, CancellationToken.None);
        await dying.SaveAsync(run! with { Checkpoint = "watchlist:5" }, CancellationToken.None);
        Assert.Null(await next.TryBeginAsync("signals", RunKind.Backfill, "operator", Now, Now, CancellationToken.None));
        Assert.False(next.IsGone(run));

        // What a process leaves that was killed: the file, without its lock.
        var file = Assert.Single(Directory.GetFiles(place.Folder.File("runs")));
        File.Delete(file);
        await File.WriteAllTextAsync(file, string.Empty);

        Assert.True(next.IsGone(run));
        var after = await next.TryBeginAsync("signals", RunKind.Backfill, "operator", Now, Now, CancellationToken.None);
        Assert.Equal("watchlist:5", after?.Checkpoint);
        Assert.False(File.Exists(file));
        await next.SaveAsync(after! with { Status = RunStatus.Completed, EndedAt = Now }, CancellationToken.None);
        Assert.Empty(Directory.GetFiles(place.Folder.File("runs")));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AnOperator_DoesNotWaitForTheMinutesRun_ButForAnother(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        await using var engine = TestEngine.On(place, new MemoryKeyValueStore(Clock), Clock);
        var group = engine.Group("signals");
        var sweep = engine.Get<RunSweep>();
        var minutes = (await sweep.BeginAsync(group, RunKind.Backfill, MigrationRun.ByItself, CancellationToken.None)).Value;

        var asked = await sweep.BeginAsync(group, RunKind.Backfill, "operator", CancellationToken.None);
        var refused = await sweep.BeginAsync(group, RunKind.Verify, "another", CancellationToken.None);

        Assert.Null(asked.Error);
        Assert.Equal("RUN_ACTIVE", refused.Error?.Code);
        await Assert.ThrowsAsync<RunFencedException>(() => group.Runs.SaveAsync(minutes, CancellationToken.None));
        Assert.Equal("RUN_ACTIVE", (await sweep.BeginAsync(group, RunKind.Backfill, MigrationRun.ByItself, CancellationToken.None)).Error?.Code);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task ASweepWhosePlaceWasTaken_WritesNothingAnyMore(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var store = new MemoryKeyValueStore(Clock);
        await store.PutAsync("watchlist:1", """["SPY"]"""u8.ToArray(), PutOptions.None, CancellationToken.None);
        await using var engine = TestEngine.On(place, store, Clock);
        var group = engine.Group("signals");
        var zombie = (await engine.Get<RunSweep>().BeginAsync(group, RunKind.Backfill, "one", CancellationToken.None)).Value;
        var walked = await engine.Get<WalkKeys>().ExecuteAsync(group, after: null, CancellationToken.None).ToListAsync();
        var read = await engine.Get<CopyKeys>().ReadAsync(walked, CancellationToken.None);
        await group.Runs.TryCancelAsync(zombie.Id, Now, CancellationToken.None);
        var next = (await engine.Get<RunSweep>().BeginAsync(group, RunKind.Backfill, "another", CancellationToken.None)).Value;

        await Assert.ThrowsAsync<RunFencedException>(() => engine.Get<CopyKeys>().WriteAsync(read, zombie, CancellationToken.None));
        Assert.Equal((0L, 0L), ((await group.Sql.CountAsync(CancellationToken.None)).Known, (await place.Signals.QueryAsync<long>("SELECT COUNT(*) FROM watchlists", null, default))[0]));
        await engine.Get<CopyKeys>().WriteAsync(read, next, CancellationToken.None);
        Assert.Equal(1, (await group.Sql.CountAsync(CancellationToken.None)).Known);
    }

    [Fact]
    public async Task AWalkOfFewKeysASecond_KeepsToThem_AndGivesSignsOfLife()
    {
        var clock = new FastClock(100);
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        var store = await FillAsync(clock);
        await using var engine = TestEngine.On(place, store, clock);
        var signs = new List<long>();
        var begun = clock.GetTimestamp();

        var run = await engine.Get<RunSweep>().ExecuteAsync(
            engine.Group("signals"), RunKind.Backfill, "operator", new SweepOptions { Rate = 2 }, new Signs(signs), CancellationToken.None);

        Assert.Equal((60L, RunStatus.Completed), (run.Value.Counters.Copied, run.Value.Status));
        Assert.True(clock.GetElapsedTime(begun) >= TimeSpan.FromSeconds(29), $"It took {clock.GetElapsedTime(begun)}.");
        Assert.True(signs.Distinct().Count() >= 6, string.Join(' ', signs));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AGroupThatIsPausedInTheMiddle_StaysWhereItIs_AndGoesOnThere(DatabaseProvider provider)
    {
        var clock = new FastClock(20);
        await using var place = await Databases.CreateSignalsAndJobsAsync(provider);
        var store = await FillAsync(clock);
        await using var engine = TestEngine.On(place, store, clock);
        var operated = engine.Operated("signals");
        var request = new MoveRequest("operator");
        var copying = engine.Get<BackfillGroup>().ExecuteAsync(operated, request, new SweepOptions { Rate = 10 }, CancellationToken.None);
        await Eventually.TrueAsync(async () => (await operated.Group.Sql.CountAsync(CancellationToken.None)).Known > 0);

        Assert.Null((await engine.Get<PauseGroup>().PauseAsync(operated, request, CancellationToken.None)).Error);
        await Assert.ThrowsAsync<RunFencedException>(() => copying);
        var atPause = (await operated.Group.Sql.CountAsync(CancellationToken.None)).Known;
        await engine.Get<ReconcileKeys>().ExecuteAsync(CancellationToken.None);
        var refused = await engine.Get<BackfillGroup>().ExecuteAsync(operated, request, new SweepOptions(), CancellationToken.None);

        Assert.InRange(atPause, 1, 59);
        Assert.Equal((atPause, "GROUP_PAUSED"), ((await operated.Group.Sql.CountAsync(CancellationToken.None)).Known, refused.Error?.Code));
        await engine.Get<PauseGroup>().ResumeAsync(operated, request, CancellationToken.None);
        var rest = (await engine.Get<BackfillGroup>().ExecuteAsync(operated, request, new SweepOptions(), CancellationToken.None)).Value;
        Assert.Equal((60L, 60L), (rest.Run!.Counters.Copied, (await operated.Group.Sql.CountAsync(CancellationToken.None)).Known));
    }

    /// <summary>A key-value store with sixty keys.</summary>
    private static async Task<MemoryKeyValueStore> FillAsync(TimeProvider clock)
    {
        var store = new MemoryKeyValueStore(clock);
        for (var chat = 0; chat < 60; chat++)
        {
            await store.PutAsync($"watchlist:{chat}", """["SPY"]"""u8.ToArray(), PutOptions.None, CancellationToken.None);
        }

        return store;
    }

    /// <summary>The run that comes after one of the same kind that did not end.</summary>
    private static async Task<MigrationRun> BreakOffAsync(IMigrationRuns runs, RunKind kind)
    {
        var run = await runs.TryBeginAsync("signals", kind, "operator", Now, Now, CancellationToken.None);
        await runs.SaveAsync(run! with { Checkpoint = "watchlist:5" }, CancellationToken.None);
        await runs.TryCancelAsync(run.Id, Now, CancellationToken.None);
        var next = await runs.TryBeginAsync("signals", kind, "operator", Now, Now, CancellationToken.None);
        await runs.TryCancelAsync(next!.Id, Now, CancellationToken.None);
        return next;
    }

    /// <summary>How far a run said that it was, each time.</summary>
    private sealed class Signs(List<long> seen) : IProgress<MigrationRun>
    {
        public void Report(MigrationRun value) => seen.Add(value.Counters.Seen);
    }

    private static async Task<MigrationRun> RunAsync(IMigrationRuns runs, RunKind kind, string who)
    {
        var run = await runs.TryBeginAsync("signals", kind, who, Now, Now, CancellationToken.None);
        await runs.SaveAsync(run! with { Status = RunStatus.Completed, EndedAt = Now }, CancellationToken.None);
        return run!;
    }
}
