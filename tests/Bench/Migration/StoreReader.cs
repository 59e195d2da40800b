using TraderHub.Data.Sql;

namespace TraderHub.Bench.Migration;

/// <summary>Reads the SQLite stores of a data folder, and tells how fast that was.</summary>
/// <param name="run">The run.</param>
/// <param name="options">The databases.</param>
internal sealed class StoreReader(BenchRun run, DatabaseOptions options)
{
    /// <summary>Reads all that queries answer; how many keys a second is returned.</summary>
    public async Task<double> ReadAsync(IReadOnlyList<string> ofKeyValues, IReadOnlyList<string> ofJobs, CancellationToken cancellationToken)
    {
        await using var keyValues = await BareConnection.OpenAsync(options, "kv", cancellationToken);
        await using var jobs = await BareConnection.OpenAsync(options, "jobs", cancellationToken);
        var before = run.Clock.GetTimestamp();
        foreach (var sql in ofKeyValues)
        {
            await RawReading.ReadAsync(keyValues, sql, cancellationToken);
        }

        foreach (var sql in ofJobs)
        {
            await RawReading.ReadAsync(jobs, sql, cancellationToken);
        }

        return run.Effort.Keys / run.Clock.GetElapsedTime(before).TotalSeconds;
    }
}
