using TraderHub.Bench.Measurements;
using TraderHub.Bench.Reports;

namespace TraderHub.Bench;

/// <summary>Runs the measurements one after the other and reports their rows.</summary>
internal static class BenchProgram
{
    /// <summary>Measures, prints the table and writes <c>bench.json</c>.</summary>
    public static async Task RunAsync(BenchOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var work = Directory.CreateDirectory(Path.Combine(options.Published, $"work-{Environment.ProcessId}")).FullName;
        try
        {
            var rows = await MeasureAsync(new BenchRun(options, work, clock), options.Only, cancellationToken);
            var report = Report.Of(rows, options, clock);
            await Console.Out.WriteLineAsync(report.Heading);
            Table.Write(rows, Console.Out);
            await report.SaveAsync(Path.Combine(options.Output, "bench.json"), cancellationToken);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, string only, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        foreach (var measurement in Measurement.All.Where(measurement => measurement.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            await Console.Error.WriteLineAsync($"measuring {measurement.Name} ...");
            rows.AddRange(await measurement.RunAsync(run, cancellationToken));
        }

        return rows;
    }
}
