using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Bench.Servers;
using TraderHub.Core.Migration.Runs;
using TraderHub.Data.Jobs;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Bench.Migration;

/// <summary>A data folder with keys, and databases that they are to move to; TraderHub's own commands move them.</summary>
/// <param name="run">The run.</param>
/// <param name="data">The name of the data folder.</param>
/// <param name="options">The databases.</param>
/// <param name="settings">What the commands are told of the stores.</param>
internal sealed class MigrationPlace(BenchRun run, string data, DatabaseOptions options, IReadOnlyList<(string Key, string Value)> settings) : IAsyncDisposable
{
    private const string Group = "jobs";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly JobsDatabase jobs = new(options, NullLogger<JobsDatabase>.Instance);

    /// <summary>The databases.</summary>
    public DatabaseOptions Options => options;

    /// <summary>Copies the keys, and tells how that went.</summary>
    public async Task<(MigrationRun Run, double PeakMegabytes)> BackfillAsync(CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["migration", "backfill", Group], cancellationToken);
        return (await FindLastRunAsync(cancellationToken), answer.PeakMegabytes);
    }

    /// <summary>Reads and parses all keys; how many a second is returned.</summary>
    public async Task<double> TryOutAsync(CancellationToken cancellationToken)
    {
        var answer = await RunAsync(["migration", "backfill", Group, "--dry-run"], cancellationToken);
        using var json = JsonDocument.Parse(answer.Output);
        var walked = json.RootElement[0].GetProperty("run");
        var took = walked.GetProperty("endedAt").GetDateTimeOffset() - walked.GetProperty("startedAt").GetDateTimeOffset();
        return walked.GetProperty("counters").GetProperty("copied").GetInt64() / took.TotalSeconds;
    }

    /// <summary>Compares everything, and tells how that went.</summary>
    public async Task<MigrationRun> VerifyAsync(CancellationToken cancellationToken)
    {
        await RunAsync(["migration", "verify", Group], cancellationToken);
        return await FindLastRunAsync(cancellationToken);
    }

    /// <summary>Begins to copy, and kills the process once it has seen as many keys.</summary>
    /// <returns>The run as the process has left it.</returns>
    public async Task<MigrationRun> KillBackfillAtAsync(int keys, CancellationToken cancellationToken)
    {
        using var process = run.StartCommand(data, ["migration", "backfill", Group], settings);
        while (await TryFindLastRunAsync(cancellationToken) is not { } last || last.Counters.Seen < keys)
        {
            await Task.Delay(Look, run.Clock, cancellationToken);
        }

        await process.KillAsync();
        return await FindLastRunAsync(cancellationToken);
    }

    /// <summary>How many rows there are, and how many of them are not behind others.</summary>
    public async Task<(long All, long UpTo)> CountResultsAsync(long id, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT COUNT(*), COUNT(CASE WHEN id <= @Id THEN 1 END) FROM scheduled_job_results";

        return (await jobs.ReadAsync(Sql, [SqlParameter.Number("@Id", id)], row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
    }

    public ValueTask DisposeAsync() => jobs.DisposeAsync();

    private async Task<CommandAnswer> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = run.StartCommand(data, arguments, settings);
        var answer = await process.WaitAsync(cancellationToken);
        return answer.ExitCode == 0 ? answer : throw new IOException($"'{string.Join(' ', arguments)}' ended with {answer.ExitCode}: {answer.Output}{answer.Errors}");
    }

    private async Task<MigrationRun> FindLastRunAsync(CancellationToken cancellationToken) => (await new SqlMigrationRuns(jobs).ListAsync(Group, 1, cancellationToken))[0];

    /// <summary>The last run; null before there is one, or a table of them.</summary>
    private async Task<MigrationRun?> TryFindLastRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FindLastRunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is Core.Platform.StorageException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
