using System.Text;
using System.Text.Json;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Migration;

/// <summary>The stages of groups that are SQL's alone, in the module's database.</summary>
internal sealed class SqlStageRecords(ModuleDatabase database) : IStageRecords
{
    public async Task<StageDocument?> FindAsync(string group, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT document FROM migration_stage WHERE group_name = @Group";

        var found = await database.ReadAsync(Sql, [SqlParameter.Text("@Group", group)], row => row.GetString(0), cancellationToken);
        return found.Count == 0 ? null : StageDocuments.Read(Encoding.UTF8.GetBytes(found[0]), $"migration_stage.document of '{group}'");
    }

    public async Task<bool> TrySaveAsync(string group, StageDocument document, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO migration_stage (group_name, epoch, document) VALUES (@Group, @Epoch, @Document)
            ON CONFLICT (group_name) DO UPDATE SET epoch = excluded.epoch, document = excluded.document
            WHERE migration_stage.epoch < excluded.epoch
            """;

        var row = new { Group = group, document.Epoch, Document = JsonSerializer.Serialize(document, StageJson.Default.StageDocument) };
        return await database.ExecuteAsync(Sql, row, cancellationToken) == 1;
    }

    public async Task<bool> TryRemoveAsync(string group, long epoch, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM migration_stage WHERE group_name = @Group AND epoch = @Epoch";

        return await database.ExecuteAsync(Sql, new { Group = group, Epoch = epoch }, cancellationToken) == 1;
    }
}
