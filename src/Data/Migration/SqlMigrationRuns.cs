using System.Text.Json;
using NodaTime;
using TraderHub.Core.Migration.Runs;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The runs of a group, in its module's database. The highest fence alone may write.</summary>
internal sealed class SqlMigrationRuns(ModuleDatabase database) : IMigrationRuns
{
    private const string Columns = "run_id, group_name, kind, status, fence, checkpoint, counters, started_at, updated_at, ended_at, who, error";

    public Task<MigrationRun?> TryBeginAsync(
        string group, RunKind kind, string startedBy, Instant now, Instant diedBefore, CancellationToken cancellationToken) => database.InTransactionAsync(
        async () =>
        {
            // Two that begin at once have the same fence, which is unique: one of them is refused by it.
            var newest = await ListAsync(group, 1, cancellationToken);
            var last = newest.Count == 0 ? null : newest[0];
            if (last is { Status: RunStatus.Running } && last.UpdatedAt >= diedBefore)
            {
                return null;
            }

            var run = new MigrationRun($"{now.ToUnixTimeMilliseconds():x}-{Guid.NewGuid().ToString("n")[..8]}", group, kind, (last?.Fence ?? 0) + 1, now, startedBy);
            if (last is { Status: RunStatus.Running })
            {
                await WriteAsync(last with { Status = RunStatus.Cancelled, EndedAt = now, Error = "It gave no sign of life any more." }, cancellationToken);
            }

            // What a run of the same kind had done when it was killed or ended is not done again.
            var goesOn = last is { Status: not RunStatus.Completed } && last.Kind == kind;
            run = goesOn ? run with { Checkpoint = last!.Checkpoint, Counters = last.Counters } : run;
            return await TryInsertAsync(run, cancellationToken) ? run : null;
        },
        cancellationToken);

    public async Task SaveAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        if (await WriteAsync(run, cancellationToken) == 0)
        {
            throw new RunFencedException(run);
        }
    }

    public async Task<MigrationRun?> FindAsync(string id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM migration_runs WHERE run_id = @Id";

        return (await database.FindAsync<StoredRun>(Sql, new { Id = id }, cancellationToken))?.ToRun();
    }

    public async Task<IReadOnlyList<MigrationRun>> ListAsync(string group, int atMost, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM migration_runs WHERE group_name = @Group ORDER BY fence DESC LIMIT @AtMost";

        return [.. (await database.QueryAsync<StoredRun>(Sql, new { Group = group, AtMost = atMost }, cancellationToken)).Select(run => run.ToRun())];
    }

    public async Task<bool> TryCancelAsync(string id, Instant now, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE migration_runs SET status = 'cancelled', ended_at = @Now, updated_at = @Now WHERE run_id = @Id AND status = 'running'
            """;

        return await database.ExecuteAsync(Sql, new { Id = id, Now = now }, cancellationToken) == 1;
    }

    private async Task<bool> TryInsertAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            INSERT INTO migration_runs ({Columns})
            VALUES (@RunId, @GroupName, @Kind, @Status, @Fence, @Checkpoint, @Counters, @StartedAt, @UpdatedAt, @EndedAt, @Who, @Error)
            ON CONFLICT (group_name, fence) DO NOTHING
            """;

        return await database.ExecuteAsync(Sql, StoredRun.Of(run), cancellationToken) == 1;
    }

    /// <summary>Writes a run that still runs and that none has taken the place of.</summary>
    private Task<int> WriteAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE migration_runs
            SET status = @Status, checkpoint = @Checkpoint, counters = @Counters, updated_at = @UpdatedAt, ended_at = @EndedAt, error = @Error
            WHERE run_id = @RunId AND status = 'running'
                AND NOT EXISTS (SELECT 1 FROM migration_runs AS later WHERE later.group_name = @GroupName AND later.fence > @Fence)
            """;

        return database.ExecuteAsync(Sql, StoredRun.Of(run), cancellationToken);
    }

    private sealed record StoredRun(
        string RunId,
        string GroupName,
        string Kind,
        string Status,
        long Fence,
        string? Checkpoint,
        string? Counters,
        Instant StartedAt,
        Instant UpdatedAt,
        Instant? EndedAt,
        string Who,
        string? Error)
    {
        public static StoredRun Of(MigrationRun run) => new(
            run.Id,
            run.Group,
            run.Kind.ToText(),
            run.Status.ToText(),
            run.Fence,
            run.Checkpoint,
            JsonSerializer.Serialize(run.Counters, RunJson.Default.RunCounters),
            run.StartedAt,
            run.UpdatedAt,
            run.EndedAt,
            run.StartedBy,
            run.Error);

        public MigrationRun ToRun() => new(RunId, GroupName, RunNames.ParseKind(Kind), Fence, StartedAt, Who)
        {
            Status = RunNames.ParseStatus(Status),
            Checkpoint = Checkpoint,
            Counters = Counters is null ? new RunCounters() : JsonSerializer.Deserialize(Counters, RunJson.Default.RunCounters)!,
            UpdatedAt = UpdatedAt,
            EndedAt = EndedAt,
            Error = Error,
        };
    }
}
