using TraderHub.Bench.Load;
using TraderHub.Bench.Reports;

namespace TraderHub.Bench.Measurements;

/// <summary>The cheapest request there is: what every request pays for the host, its middleware and its log.</summary>
internal static class HealthLoad
{
    private const int Connections = 32;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var subject = await run.StartSubjectAsync("health", cancellationToken);
        await using var reference = await run.StartEmptyAppAsync(cancellationToken);

        var rounds = await LoadRounds.RunAsync(
            run, Connections, server => [HttpRequest.Get(server.Address, "/health")], [subject, reference], cancellationToken);
        return rounds[0].CompareWith(rounds[1], "GET /health");
    }
}
