using TraderHub.Bench.Reports;

namespace TraderHub.Bench.Measurements;

/// <summary>
/// Something that is measured. A new one is one file beside this: a static method that measures TraderHub and its reference in turns and returns
/// the rows of the table, and a line in <see cref="All"/>.
/// </summary>
/// <param name="Name">What <c>--only</c> chooses it by.</param>
/// <param name="RunAsync">Measures.</param>
internal sealed record Measurement(string Name, Func<BenchRun, CancellationToken, Task<IReadOnlyList<Row>>> RunAsync)
{
    /// <summary>All there is, in the order of the table.</summary>
    public static IReadOnlyList<Measurement> All { get; } =
    [
        new("start", StartTime.MeasureAsync),
        new("idle memory", IdleMemory.MeasureAsync),
        new("GET /health", HealthLoad.MeasureAsync),
        new("job history page", JobHistoryLoad.MeasureAsync),
        new("worktime", WorktimeLoad.MeasureAsync),
        new("migration from SQLite", MigrationLoad.MeasureAsync),
        new("migration from Azurite", MigrationLoad.MeasureTablesAsync),
        new("migration stages", StageLoad.MeasureAsync),
    ];
}
