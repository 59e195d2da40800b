using System.Data.Common;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The runs of a group, in its module's database. The highest fence alone may write.</summary>
internal sealed class SqlMigrationRuns(ModuleDatabase database) : IMigrationRuns
{
    /// <summary>How many of the last runs of a group are kept, of those that nobody asked for.</summary>
    private const int KeptByItself = 200;

    /// <summary>How many of the last runs of a group are kept.</summary>
    private const int Kept = 10_000;

    private const string Columns = "run_id, group_name, kind, status, fence, checkpoint, counters, started_at, updated_at, ended_at, who, error";

    private readonly RunHolds holds = new(database.DataFolder);

    public bool IsGone(MigrationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return holds.IsGone(run.Id);
    }

    public Task<MigrationRun?> TryBeginAsync(
        string group, RunKind kind, string startedBy, Instant now, Instant diedBefore, CancellationToken cancellationToken) => database.InTransactionAsync(
        async () =>
        {
            // Two that begin at once have the same fence, which is unique: one of them is refused by it.
            var newest = await ListAsync(group, 1, cancellationToken);
            var last = newest.Count == 0 ? null : newest[0];
            if (last is { Status: RunStatus.Running } && last.UpdatedAt >= diedBefore && !IsGone(last))
            {
                return null;
            }

            var run = new MigrationRun($"{now.ToUnixTimeMilliseconds():x}-{Guid.NewGuid().ToString("n")[..8]}", group, kind, (last?.Fence ?? 0) + 1, now, startedBy);
            if (last is { Status: RunStatus.Running })
            {
                await WriteAsync(last with { Status = RunStatus.Cancelled, EndedAt = now, Error = "It gave no sign of life any more." }, cancellationToken);
                holds.Forget(last.Id);
            }

            // What a run of the same kind had done when it was killed or ended is not done again. A handover may have been of a smaller share.
            var goesOn = last is { Status: not RunStatus.Completed } && last.Kind == kind && kind != RunKind.HandOver;
            run = goesOn ? run with { Checkpoint = last!.Checkpoint, Counters = last.Counters } : run;
            if (!await TryInsertAsync(run, cancellationToken))
            {
                return null;
            }

            await PruneAsync(run, cancellationToken);
            holds.Hold(run.Id);
            return run;
        },
        cancellationToken);

    public async Task SaveAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        var isWritten = await WriteAsync(run, cancellationToken) > 0;
        if (!isWritten || run.Status != RunStatus.Running)
        {
            holds.Release(run.Id);
        }

        if (!isWritten)
        {
            throw new RunFencedException(run);
        }
    }

    public async Task<MigrationRun?> FindAsync(string id, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM migration_runs WHERE run_id = @Id";

        var found = await database.ReadAsync(Sql, [SqlParameter.Text("@Id", id)], Read, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<MigrationRun>> ListAsync(string group, int atMost, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM migration_runs WHERE group_name = @Group ORDER BY fence DESC LIMIT @AtMost";

        return database.ReadAsync(Sql, [SqlParameter.Text("@Group", group), SqlParameter.Number("@AtMost", atMost)], Read, cancellationToken);
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

        return await database.ExecuteAsync(Sql, RowOf(run), cancellationToken) == 1;
    }

    private Task<int> PruneAsync(MigrationRun newest, CancellationToken cancellationToken)
    {
        const string Sql = """
            DELETE FROM migration_runs
            WHERE group_name = @Group AND fence <= @NewestByItself AND (who = @ByItself OR fence <= @Newest) AND status <> 'running'
            """;

        var limits = new { newest.Group, NewestByItself = newest.Fence - KeptByItself, MigrationRun.ByItself, Newest = newest.Fence - Kept };
        return database.ExecuteAsync(Sql, limits, cancellationToken);
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

        return database.ExecuteAsync(Sql, RowOf(run), cancellationToken);
    }

    private static MigrationRun Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), RunNames.ParseKind(row.GetString(2)), row.GetInt64(4), InstantOf(row.GetString(7)), row.GetString(10))
    {
        Status = RunNames.ParseStatus(row.GetString(3)),
        Checkpoint = row.GetNullableString(5),
        Counters = row.GetNullableString(6) is { } counters ? JsonSerializer.Deserialize(counters, RunJson.Default.RunCounters)! : new RunCounters(),
        UpdatedAt = InstantOf(row.GetString(8)),
        EndedAt = row.GetNullableString(9) is { } ended ? InstantOf(ended) : null,
        Error = row.GetNullableString(11),
    };

    private static Instant InstantOf(string text) => Clock.IsoPattern.Parse(text).GetValueOrThrow();

    private static object RowOf(MigrationRun run) => new
    {
        RunId = run.Id,
        GroupName = run.Group,
        Kind = run.Kind.ToText(),
        Status = run.Status.ToText(),
        run.Fence,
        run.Checkpoint,
        Counters = JsonSerializer.Serialize(run.Counters, RunJson.Default.RunCounters),
        run.StartedAt,
        run.UpdatedAt,
        run.EndedAt,
        Who = run.StartedBy,
        run.Error,
    };
}
