using TraderHub.Bench.Load;
using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;

namespace TraderHub.Bench.Measurements;

/// <summary>
/// A page of the job history under mixed filters, beside Kestrel with a statement compiled for just that query; and how it grows with the history.
/// </summary>
internal static class JobHistoryLoad
{
    private const int Connections = 32;

    private const int Million = 1_000_000;

    private const string Route = "/api/v1/jobs/history";

    private static readonly string[] Queries =
    [
        "", "?type=analysis", "?status=failed", "?report_type=intraday&status=success", "?symbol=S07", "?from=2024-03-01&to=2024-04-01",
        "?type=analysis&min_duration=9000", "?q=nightly",
    ];

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await JobsSeed.MakeAsync(run.Folder("history"), Million, run.Clock, cancellationToken);
        await using var subject = await run.StartSubjectAsync("history", cancellationToken);
        await using var reference = await run.StartHistoryAppAsync("history", cancellationToken);
        await RequireSameBytesAsync(subject, reference, cancellationToken);

        var rounds = await LoadRounds.RunAsync(run, Connections, RequestsOf, [subject, reference], cancellationToken);
        return
        [
            .. rounds[0].CompareWith(rounds[1], "job history page", Goal.RatioAtLeast(0.6), Goal.RatioAtMost(2)),
            new("job history page: p95, as documented", "ms", rounds[0].Samples.Select(each => each.P95).ToList(), rounds[1].Samples.Select(each => each.P95).ToList(), Goal.Below(50, "ms")),
            .. await MeasureGrowthAsync(run, subject, cancellationToken),
        ];
    }

    private static async Task<IReadOnlyList<Row>> MeasureGrowthAsync(BenchRun run, ServerProcess million, CancellationToken cancellationToken)
    {
        await JobsSeed.MakeAsync(run.Folder("history-10k"), Million / 100, run.Clock, cancellationToken);
        await JobsSeed.MakeAsync(run.Folder("history-100k"), Million / 10, run.Clock, cancellationToken);
        await using var small = await run.StartSubjectAsync("history-10k", cancellationToken);
        await using var middle = await run.StartSubjectAsync("history-100k", cancellationToken);
        var rounds = await LoadRounds.RunAsync(run, Connections, RequestsOf, [small, middle, million], cancellationToken);
        return [Growth("10^5", rounds[1]), Growth("10^6", rounds[2])];

        Row Growth(string size, LoadRounds larger) => new(
            $"job history page: p95 at {size} beside 10^4",
            "ms",
            larger.Samples.Select(each => each.P95).ToList(),
            rounds[0].Samples.Select(each => each.P95).ToList(),
            Goal.RatioAtMost(1.5));
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> RequestsOf(ServerProcess server) =>
        Queries.Select(query => HttpRequest.Get(server.Address, Route + query)).ToList();

    /// <summary>Only the same work can be compared.</summary>
    private static async Task RequireSameBytesAsync(ServerProcess subject, ServerProcess reference, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        foreach (var query in Queries)
        {
            var one = await http.GetByteArrayAsync(new Uri(subject.Address, Route + query), cancellationToken);
            var other = await http.GetByteArrayAsync(new Uri(reference.Address, Route + query), cancellationToken);
            if (!one.AsSpan().SequenceEqual(other))
            {
                throw new InvalidDataException($"'{query}' is answered with {one.Length} bytes, and by the reference with {other.Length} others.");
            }
        }
    }
}
