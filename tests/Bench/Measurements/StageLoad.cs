using TraderHub.Bench.Migration;
using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.Sql;

namespace TraderHub.Bench.Measurements;

/// <summary>
/// Writes and reads of watchlists through the engine in each stage, one after the other, beside the operations on the stores that the stage cannot do without; and
/// the stages in which both stores are written beside those in which one is.
/// </summary>
internal static class StageLoad
{
    private static readonly Stage[] Stages = [Stage.Kv, Stage.Copy, Stage.Sql, Stage.SqlOnly];

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken) =>
    [
        .. await MeasureAsync(run, "SQLite", _ => Task.FromResult<string?>(null), cancellationToken),
        .. await PostgresServer.TryCreateDatabaseAsync(cancellationToken) is null
            ? []
            : await MeasureAsync(run, "PostgreSQL", PostgresServer.TryCreateDatabaseAsync, cancellationToken),
    ];

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        BenchRun run, string name, Func<CancellationToken, Task<string?>> createPostgres, CancellationToken cancellationToken)
    {
        var lanes = new List<StageLane>();
        try
        {
            foreach (var stage in Stages)
            {
                lanes.Add(await StageLane.OpenAsync(run, stage, await CreateAsync($"{name}-{stage}-engine"), await CreateAsync($"{name}-{stage}-bare"), cancellationToken));
            }

            // The first round only warms up.
            for (var round = 0; round <= run.Effort.Rounds; round++)
            {
                foreach (var lane in lanes)
                {
                    await lane.RunAsync(isCounted: round > 0, cancellationToken);
                }
            }

            return [.. lanes.SelectMany(lane => lane.RowsOf(name)), Compare(Stage.Copy, Stage.Kv), Compare(Stage.Sql, Stage.SqlOnly)];
        }
        finally
        {
            foreach (var lane in lanes)
            {
                await lane.DisposeAsync();
            }
        }

        async Task<DatabaseOptions> CreateAsync(string folder) =>
            await createPostgres(cancellationToken) is { } server
                ? new DatabaseOptions(DatabaseProvider.Postgres, run.Folder(folder), server)
                : new DatabaseOptions(DatabaseProvider.Sqlite, run.Folder(folder));

        Row Compare(Stage both, Stage one) => new(
            $"watchlist write, {name}: p50 in stage {both.ToText()} beside stage {one.ToText()}", "us", lanes[(int)both].Writes, lanes[(int)one].Writes, Goal.RatioAtMost(2));
    }
}
