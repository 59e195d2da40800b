using TraderHub.Bench.Migration;
using TraderHub.Bench.Reports;
using TraderHub.Core.Migration.Runs;

namespace TraderHub.Bench.Measurements;

/// <summary>
/// Moves analyses from key-value stores to SQL with TraderHub's own commands, each a process, beside prepared statements that write the same rows, and beside
/// plain reads of both stores.
/// </summary>
internal static class MigrationLoad
{
    private const string Keys = "migration-keys";

    private const string FewKeys = "migration-few-keys";

    /// <summary>A run that gave no sign of life for thirty seconds is dead; another one goes on then.</summary>
    private static readonly TimeSpan UntilDead = TimeSpan.FromSeconds(31);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await KeySources.FillSqliteAsync(run.Folder(Keys), run.Effort.Keys, run.Clock, cancellationToken);
        var places = new MigrationPlaces(run, "migration");
        var backfill = new BackfillLoad(run, places, Keys, run.Effort.Rounds, await MeasureFewAsync(run, places, cancellationToken));
        var rows = new List<Row>(await backfill.MeasureAsync("SQLite to SQLite", from: null, toPostgres: false, Goal.RatioAtLeast(0.4), cancellationToken));
        rows.AddRange(await MeasureReadingAsync(run, places, cancellationToken));
        rows.AddRange(await MeasureResumeAsync(run, places, rows[0], cancellationToken));
        rows.AddRange(await backfill.MeasureAsync("SQLite to PostgreSQL", from: null, toPostgres: true, goal: null, cancellationToken));
        return rows;
    }

    /// <summary>The same from Table Storage, once: Azurite takes so long for each key that nothing else matters much.</summary>
    public static async Task<IReadOnlyList<Row>> MeasureTablesAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var azurite = await KeySources.TryFillAzuriteAsync(run.Effort.Keys, run.Clock, cancellationToken);
        if (azurite is null)
        {
            return [];
        }

        var places = new MigrationPlaces(run, "migration-tables");
        var backfill = new BackfillLoad(run, places, Keys, 1, await MeasureFewAsync(run, places, cancellationToken));
        return
        [
            .. await backfill.MeasureAsync("Azurite to SQLite", azurite.ConnectionString, toPostgres: false, goal: null, cancellationToken),
            .. await backfill.MeasureAsync("Azurite to PostgreSQL", azurite.ConnectionString, toPostgres: true, goal: null, cancellationToken),
        ];
    }

    /// <summary>How much of the machine's memory a tenth of the keys takes.</summary>
    private static async Task<double> MeasureFewAsync(BenchRun run, MigrationPlaces places, CancellationToken cancellationToken)
    {
        await KeySources.FillSqliteAsync(run.Folder(FewKeys), run.Effort.Keys / 10, run.Clock, cancellationToken);
        await using var few = places.Create(FewKeys, tables: null, postgres: null);
        return (await few.BackfillAsync(cancellationToken)).PeakMegabytes;
    }

    /// <summary>What only reads: a dry run, a backfill that finds everything there, and a verification.</summary>
    private static async Task<IReadOnlyList<Row>> MeasureReadingAsync(BenchRun run, MigrationPlaces places, CancellationToken cancellationToken)
    {
        await using var place = places.Create(Keys, tables: null, postgres: null);
        var dryRuns = new List<double>();
        for (var i = 0; i < run.Effort.Rounds; i++)
        {
            dryRuns.Add(await place.TryOutAsync(cancellationToken));
        }

        await place.BackfillAsync(cancellationToken);
        var reader = new StoreReader(run, place.Options);
        var (again, verified) = (new List<double>(), new List<double>());
        var (keyValues, withSync, both) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < run.Effort.Rounds; i++)
        {
            again.Add(KeysPerSecond(RequireUnchanged((await place.BackfillAsync(cancellationToken)).Run, run.Effort.Keys)));
            withSync.Add(await reader.ReadAsync([RawReading.KeyValues], [RawReading.Sync], cancellationToken));
            verified.Add(KeysPerSecond(RequireUnchanged(await place.VerifyAsync(cancellationToken), run.Effort.Keys)));
            both.Add(await reader.ReadAsync([RawReading.KeyValues], [RawReading.Sync, RawReading.Executions, RawReading.Results], cancellationToken));
            keyValues.Add(await reader.ReadAsync([RawReading.KeyValues], [], cancellationToken));
        }

        return
        [
            new("backfill, dry run, beside reading the values", "keys/s", dryRuns, keyValues, null),
            new("backfill again, beside reading the values and states", "keys/s", again, withSync, null),
            new("verification, beside reading both stores", "keys/s", verified, both, Goal.RatioAtLeast(0.5)),
        ];
    }

    /// <summary>A backfill that is killed half-way and gone on with, beside one that was left alone. What was done is not done again.</summary>
    private static async Task<IReadOnlyList<Row>> MeasureResumeAsync(BenchRun run, MigrationPlaces places, Row undisturbed, CancellationToken cancellationToken)
    {
        await using var place = places.Create(Keys, tables: null, postgres: null);
        var killed = await place.KillBackfillAtAsync(run.Effort.Keys / 2, cancellationToken);
        var before = await place.CountResultsAsync(long.MaxValue, cancellationToken);
        await Task.Delay(UntilDead, run.Clock, cancellationToken);
        var (resumed, _) = await place.BackfillAsync(cancellationToken);

        // Had a key been done again, its results would have other ids, and be behind those that were there.
        var results = AnalysisKeys.RowsOfEach - 1;
        var after = await place.CountResultsAsync(before.All, cancellationToken);
        if (before.All != killed.Counters.Copied * results || after != ((long)run.Effort.Keys * results, before.All) || resumed.Counters.Copied != run.Effort.Keys)
        {
            throw new InvalidOperationException($"Killed at {killed.Counters}, with {before}; gone on with to {resumed.Counters}, with {after}.");
        }

        var rest = (run.Effort.Keys - killed.Counters.Copied) * AnalysisKeys.RowsOfEach;
        return [new("backfill, rest after kill -9 half-way, beside undisturbed", "rows/s", [rest / SecondsOf(resumed)], undisturbed.SubjectSamples, null)];
    }

    private static MigrationRun RequireUnchanged(MigrationRun run, int keys) =>
        run.Counters.Unchanged == keys ? run : throw new InvalidOperationException($"Not all of {keys} keys are as they were: {run.Counters}");

    private static double KeysPerSecond(MigrationRun run) => run.Counters.Seen / SecondsOf(run);

    private static double SecondsOf(MigrationRun run) => (run.EndedAt!.Value - run.StartedAt).TotalSeconds;
}
