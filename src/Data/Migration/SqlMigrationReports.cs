using System.Text.Json;
using NodaTime;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The reports of a group, in its module's database.</summary>
internal sealed class SqlMigrationReports(ModuleDatabase database, string group) : IMigrationReports
{
    /// <summary>How many of the last reports are kept.</summary>
    private const int Kept = 100;

    public async Task SaveAsync(VerificationReport report, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO migration_reports (report_id, run_id, group_name, created_at, report)
            VALUES (@Id, @RunId, @Group, @At, @Report)
            ON CONFLICT (report_id) DO UPDATE SET created_at = excluded.created_at, report = excluded.report
            """;
        const string Prune = """
            DELETE FROM migration_reports
            WHERE group_name = @Group AND created_at < (
                SELECT MIN(created_at) FROM (SELECT created_at FROM migration_reports WHERE group_name = @Group ORDER BY created_at DESC LIMIT @Kept) AS newest)
            """;

        var row = new
        {
            report.Id,
            report.RunId,
            report.Group,
            At = Instant.FromUnixTimeMilliseconds(report.Timestamp).ToIso(),
            Report = JsonSerializer.Serialize(report, VerificationJson.Default.VerificationReport),
        };
        await database.ExecuteAsync(Sql, row, cancellationToken);
        await database.ExecuteAsync(Prune, new { Group = group, Kept }, cancellationToken);
    }

    public async Task<IReadOnlyList<VerificationReport>> ListAsync(int atMost, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT report FROM migration_reports WHERE group_name = @Group ORDER BY created_at DESC, report_id DESC LIMIT @AtMost
            """;

        var found = await database.ReadAsync(
            Sql, [SqlParameter.Text("@Group", group), SqlParameter.Number("@AtMost", atMost)], row => row.GetString(0), cancellationToken);
        return [.. found.Select(Read)];
    }

    public async Task<VerificationReport?> FindAsync(string id, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT report FROM migration_reports WHERE report_id = @Id AND group_name = @Group";

        var found = await database.ReadAsync(Sql, [SqlParameter.Text("@Id", id), SqlParameter.Text("@Group", group)], row => row.GetString(0), cancellationToken);
        return found.Count == 0 ? null : Read(found[0]);
    }

    private static VerificationReport Read(string report) => JsonSerializer.Deserialize(report, VerificationJson.Default.VerificationReport)!;
}
