using NodaTime;
using TraderHub.Core.Migration.Runs;
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

    private static async Task<MigrationRun> RunAsync(IMigrationRuns runs, RunKind kind, string who)
    {
        var run = await runs.TryBeginAsync("signals", kind, who, Now, Now, CancellationToken.None);
        await runs.SaveAsync(run! with { Status = RunStatus.Completed, EndedAt = Now }, CancellationToken.None);
        return run!;
    }
}
