using NodaTime;
using TraderHub.Core.Migration.Runs;
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
        await using var place = await Databases.CreateSignalsAsync(provider, Clock);
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
        await using var place = await Databases.CreateSignalsAsync(provider, Clock);
        var runs = Data.Migration.SyncStores.Signals(place.Signals, Clock).Runs;

        Assert.Equal("watchlist:5", (await BreakOffAsync(runs, RunKind.Backfill)).Checkpoint);
        Assert.Null((await BreakOffAsync(runs, RunKind.HandOver)).Checkpoint);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task AnOperator_DoesNotWaitForTheMinutesRun_ButForAnother(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider, Clock);
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

    private static async Task<MigrationRun> RunAsync(IMigrationRuns runs, RunKind kind, string who)
    {
        var run = await runs.TryBeginAsync("signals", kind, who, Now, Now, CancellationToken.None);
        await runs.SaveAsync(run! with { Status = RunStatus.Completed, EndedAt = Now }, CancellationToken.None);
        return run!;
    }
}
