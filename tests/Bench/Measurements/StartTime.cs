using TraderHub.Bench.Load;
using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;

namespace TraderHub.Bench.Measurements;

/// <summary>From the start of the process to its first 200. The data folder is there already, as after every start but the first.</summary>
internal static class StartTime
{
    private const string Data = "start";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        // Not counted: this one migrates, and brings the files of both programs into the file cache.
        await TimeSubjectAsync(run, cancellationToken);
        await TimeEmptyAppAsync(run, cancellationToken);

        var subject = new List<double>();
        var reference = new List<double>();
        for (var i = 0; i < run.Effort.Starts; i++)
        {
            subject.Add(await TimeSubjectAsync(run, cancellationToken));
            reference.Add(await TimeEmptyAppAsync(run, cancellationToken));
        }

        return [new Row("start to first 200", "ms", subject, reference, Goal.RatioAtMost(3))];
    }

    private static Task<double> TimeSubjectAsync(BenchRun run, CancellationToken cancellationToken) =>
        TimeAsync(run.Clock, () => run.StartSubjectAsync(Data, cancellationToken), cancellationToken);

    private static Task<double> TimeEmptyAppAsync(BenchRun run, CancellationToken cancellationToken) =>
        TimeAsync(run.Clock, () => run.StartEmptyAppAsync(cancellationToken), cancellationToken);

    private static async Task<double> TimeAsync(TimeProvider clock, Func<Task<ServerProcess>> start, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var server = await start();
        using var connection = await HttpConnection.OpenAsync(server.Address, cancellationToken);
        await connection.ExchangeAsync(HttpRequest.Get(server.Address, "/health"));
        return clock.GetElapsedTime(started).TotalMilliseconds;
    }
}
