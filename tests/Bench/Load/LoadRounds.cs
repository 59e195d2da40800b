using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;

namespace TraderHub.Bench.Load;

/// <summary>The rounds of load on one server.</summary>
/// <param name="Samples">What each round showed.</param>
internal sealed record LoadRounds(IReadOnlyList<LoadSample> Samples)
{
    /// <summary>Applies load to several servers in turns, so that what disturbs the machine disturbs all of them; the rounds are in the order of the servers.</summary>
    public static async Task<IReadOnlyList<LoadRounds>> RunAsync(
        BenchRun run,
        int connections,
        Func<ServerProcess, IReadOnlyList<ReadOnlyMemory<byte>>> requests,
        IReadOnlyList<ServerProcess> servers,
        CancellationToken cancellationToken)
    {
        var loop = new LoadLoop(run.Clock, connections);
        foreach (var server in servers)
        {
            await loop.RunAsync(server.Address, requests(server), run.Effort.WarmUp, cancellationToken);
        }

        var samples = servers.Select(_ => new List<LoadSample>()).ToList();
        for (var round = 0; round < run.Effort.Rounds; round++)
        {
            for (var i = 0; i < servers.Count; i++)
            {
                var before = servers[i].ProcessorTime;
                var (latencies, elapsed) = await loop.RunAsync(servers[i].Address, requests(servers[i]), run.Effort.Round, cancellationToken);
                samples[i].Add(LoadSample.Of(latencies, elapsed, servers[i].ProcessorTime - before, run.Clock));
            }
        }

        return samples.Select(each => new LoadRounds(each)).ToList();
    }

    /// <summary>The rows of these rounds beside those of the reference.</summary>
    /// <param name="reference">The reference's rounds.</param>
    /// <param name="name">What the rows' names begin with.</param>
    /// <param name="throughput">What the throughput is to reach.</param>
    /// <param name="p95">What the 95th percentile is to reach.</param>
    public IReadOnlyList<Row> CompareWith(LoadRounds reference, string name, Goal? throughput = null, Goal? p95 = null) =>
    [
        Compare(reference, $"{name}: throughput", "/s", sample => sample.RequestsPerSecond, throughput),
        Compare(reference, $"{name}: p50", "ms", sample => sample.P50, null),
        Compare(reference, $"{name}: p95", "ms", sample => sample.P95, p95),
        Compare(reference, $"{name}: p99", "ms", sample => sample.P99, null),
        Compare(reference, $"{name}: server CPU per request", "us", sample => sample.ProcessorMicroseconds, null),
    ];

    private Row Compare(LoadRounds reference, string name, string unit, Func<LoadSample, double> figure, Goal? goal) =>
        new(name, unit, Samples.Select(figure).ToList(), reference.Samples.Select(figure).ToList(), goal);
}
