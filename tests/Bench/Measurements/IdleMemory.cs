using TraderHub.Bench.Load;
using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;

namespace TraderHub.Bench.Measurements;

/// <summary>The memory of a process that has served a little and now has nothing to do.</summary>
internal static class IdleMemory
{
    private const int Requests = 100;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var subject = new List<double>();
        var reference = new List<double>();
        for (var i = 0; i < run.Effort.Rounds; i++)
        {
            subject.Add(await ReadAsync(run, () => run.StartSubjectAsync("memory", cancellationToken), cancellationToken));
            reference.Add(await ReadAsync(run, () => run.StartEmptyAppAsync(cancellationToken), cancellationToken));
        }

        return [new Row("idle memory", "MB", subject, reference, Goal.Below(120, "MB"))];
    }

    private static async Task<double> ReadAsync(BenchRun run, Func<Task<ServerProcess>> start, CancellationToken cancellationToken)
    {
        await using var server = await start();
        using var connection = await HttpConnection.OpenAsync(server.Address, cancellationToken);
        var request = HttpRequest.Get(server.Address, "/health");
        for (var i = 0; i < Requests; i++)
        {
            await connection.ExchangeAsync(request);
        }

        await Task.Delay(run.Effort.Idle, run.Clock, cancellationToken);
        return server.ReadResidentMegabytes();
    }
}
