using TraderHub.Bench.Load;
using TraderHub.Bench.Reports;
using TraderHub.Bench.Servers;
using TraderHub.Data.Sql;

namespace TraderHub.Bench.Measurements;

/// <summary>
/// Starts and ends of review sessions of five hundred developers, beside Kestrel with one prepared statement per transaction: on SQLite, and on the PostgreSQL
/// that the tests use where there is one.
/// </summary>
internal static class WorktimeLoad
{
    private const int Connections = 32;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var subject = new DatabaseOptions(DatabaseProvider.Sqlite, run.Folder("worktime"));
        var reference = new DatabaseOptions(DatabaseProvider.Sqlite, run.Folder("worktime-reference"));
        var rows = new List<Row>(await MeasureAsync(run, "SQLite", subject, reference, Path.Combine(reference.Directory, "worktime.db"), cancellationToken));
        if (await PostgresServer.TryCreateDatabaseAsync(cancellationToken) is not { } own || await PostgresServer.TryCreateDatabaseAsync(cancellationToken) is not { } other)
        {
            return rows;
        }

        rows.AddRange(await MeasureAsync(
            run,
            "PostgreSQL",
            new DatabaseOptions(DatabaseProvider.Postgres, run.Folder("worktime-postgres"), own),
            new DatabaseOptions(DatabaseProvider.Postgres, run.Folder("worktime-postgres"), other),
            other,
            cancellationToken));
        return rows;
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        BenchRun run, string name, DatabaseOptions subject, DatabaseOptions reference, string referenceDatabase, CancellationToken cancellationToken)
    {
        var tokens = await WorktimeSeed.MakeAsync(subject, run.Clock, cancellationToken);
        await WorktimeSeed.MakeAsync(reference, run.Clock, cancellationToken);
        List<(string, string)> settings = [("Auth__JwtSecret", WorktimeSeed.Secret), ("Timers__Enabled", "false")];
        if (subject.Provider == DatabaseProvider.Postgres)
        {
            settings.AddRange([("Database__Provider", "postgres"), ("Database__ConnectionString", subject.ConnectionString!)]);
        }

        await using var own = await run.StartSubjectAsync(Path.GetFileName(subject.Directory), cancellationToken, [.. settings]);
        await using var other = await run.StartWriteAppAsync(referenceDatabase, cancellationToken);
        var starts = await LoadRounds.RunAsync(run, Connections, Fresh(tokens, Start), [own, other], cancellationToken);
        var ends = await LoadRounds.RunAsync(run, Connections, Fresh(tokens, End), [own, other], cancellationToken);
        return
        [
            .. starts[0].CompareWith(starts[1], $"session start, {name}", Goal.RatioAtLeast(0.7)),
            .. ends[0].CompareWith(ends[1], $"session end, {name}", Goal.RatioAtLeast(0.7)),
        ];
    }

    /// <summary>For each server requests of its own, which go on from round to round.</summary>
    private static Func<ServerProcess, IReadOnlyList<ReadOnlyMemory<byte>>> Fresh(
        IReadOnlyList<string> tokens, Func<Uri, int, string, ReadOnlyMemory<byte>> make)
    {
        var lists = new Dictionary<ServerProcess, FreshRequests>();
        return server =>
        {
            if (!lists.TryGetValue(server, out var list))
            {
                lists.Add(server, list = new FreshRequests(number => make(server.Address, number, HeadersOf(tokens, number))));
            }

            return list;
        };
    }

    private static string HeadersOf(IReadOnlyList<string> tokens, int number)
    {
        var developer = number % WorktimeSeed.Developers;
        return $"Authorization: Bearer {tokens[developer]}\r\nX-Developer: {developer + 1}\r\n";
    }

    private static ReadOnlyMemory<byte> Start(Uri address, int number, string headers) => HttpRequest.Json(
        address,
        "POST",
        "/api/time-sessions/start",
        headers,
        $$"""{"repo_owner":"octo","repo_name":"repo{{number / WorktimeSeed.Developers % 20}}","pr_number":{{WorktimeSeed.Sessions + number}}}""");

    private static ReadOnlyMemory<byte> End(Uri address, int number, string headers) => number <= WorktimeSeed.Sessions
        ? HttpRequest.Json(address, "PATCH", $"/api/time-sessions/{number}/end", headers, """{"duration_seconds":600}""")
        : throw new InvalidOperationException("All sessions have ended; the seed must have more.");
}
