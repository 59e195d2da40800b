using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.LocalHost.Commands;

/// <summary>A line of what the <c>db</c> commands answer: a migration, and whether it is applied.</summary>
internal sealed partial record MigrationRow(string Module, int Version, string Name, string? AppliedAt, bool IsAdopted)
{
    public static MigrationRow Of(string module, MigrationState state) =>
        new(module, state.Version, state.Name, state.AppliedAt?.ToIso(), state.IsAdopted);

    public static void Write(List<MigrationRow> rows, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, RowJson.Default.ListMigrationRow));
            return;
        }

        var table = new Table().AddColumns("module", "version", "name", "applied at");
        foreach (var row in rows)
        {
            table.AddRow(row.Module, $"{row.Version:0000}", row.Name, row.AppliedAt is null ? "not yet" : row.AppliedAt + (row.IsAdopted ? " (adopted)" : string.Empty));
        }

        AnsiConsole.Write(table);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(List<MigrationRow>))]
    private sealed partial class RowJson : JsonSerializerContext;
}
