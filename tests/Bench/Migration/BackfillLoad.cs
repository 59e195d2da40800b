using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;
using TraderHub.Core.Migration.Runs;

namespace TraderHub.Bench.Migration;

/// <summary>Backfills beside prepared statements that write the same rows from memory.</summary>
/// <param name="run">The run.</param>
/// <param name="places">Where to.</param>
/// <param name="keys">The data folder that holds the keys.</param>
/// <param name="rounds">How often each way is measured.</param>
/// <param name="peakOfFew">What a backfill of a tenth of the keys took of the machine's memory.</param>
internal sealed class BackfillLoad(BenchRun run, MigrationPlaces places, string keys, int rounds, double peakOfFew)
{
    /// <summary>What a hundred thousand keys may take more than a tenth of them.</summary>
    private const double MostGrowth = 100;

    private static readonly string[] Tables = ["job_executions", "scheduled_job_results"];

    /// <summary>How many rows a statement has: as many as are fastest.</summary>
    private const int RowsOnSqlite = 1;

    private const int RowsOnPostgres = 250;

    private List<RawTable>? tables;

    /// <summary>Measures one way.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="from">The Table Storage that holds the keys; null for those of the folder.</param>
    /// <param name="toPostgres">Whether the rows go to PostgreSQL, where there is one.</param>
    /// <param name="goal">What is to be reached.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Row>> MeasureAsync(string name, string? from, bool toPostgres, Goal? goal, CancellationToken cancellationToken)
    {
        var (subject, reference, peaks) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            var (own, other) = toPostgres
                ? (await PostgresServer.TryCreateDatabaseAsync(cancellationToken), await PostgresServer.TryCreateDatabaseAsync(cancellationToken))
                : (null, null);
            if (toPostgres && own is null)
            {
                return [];
            }

            await using var place = places.Create(keys, from, own);
            var (walked, peak) = await place.BackfillAsync(cancellationToken);
            tables ??= await ReadAsync(place, cancellationToken);
            peaks.Add(peak);
            subject.Add(RowsOf(walked) / (walked.EndedAt!.Value - walked.StartedAt).TotalSeconds);
            reference.Add(await InsertAsync(other, cancellationToken));
        }

        return
        [
            new($"backfill, {name}", "rows/s", subject, reference, goal),
            new($"backfill, {name}: peak memory beside a tenth of the keys", "MB", peaks, [peakOfFew], new Goal($"< {MostGrowth} MB more", row => row.Subject - row.Reference < MostGrowth)),
        ];
    }

    private long RowsOf(MigrationRun walked) => walked.Counters.Copied == run.Effort.Keys
        ? walked.Counters.Copied * AnalysisKeys.RowsOfEach
        : throw new InvalidOperationException($"Not all of {run.Effort.Keys} keys were copied: {walked.Counters}");

    private static async Task<List<RawTable>> ReadAsync(MigrationPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await BareConnection.OpenAsync(place.Options, "jobs", cancellationToken);
        var tables = new List<RawTable>();
        foreach (var table in Tables)
        {
            tables.Add(await RawTable.ReadAsync(connection, table, cancellationToken));
        }

        return tables;
    }

    private async Task<double> InsertAsync(string? postgres, CancellationToken cancellationToken)
    {
        var empty = await places.CreateEmptyAsync(postgres, cancellationToken);
        await using var connection = await BareConnection.OpenAsync(empty, "jobs", cancellationToken);
        var before = run.Clock.GetTimestamp();
        foreach (var table in tables!)
        {
            await table.InsertAsync(connection, postgres is null ? RowsOnSqlite : RowsOnPostgres, cancellationToken);
        }

        return tables!.Sum(table => table.Count) / run.Clock.GetElapsedTime(before).TotalSeconds;
    }
}
