using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Backups;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.LocalHost.Commands;

/// <summary>What the <c>db</c> commands say that they did: a sentence for a person, the state after it for a script.</summary>
internal static partial class DbAnswer
{
    /// <summary>What was done to a module's schema, in words; nothing when nothing was.</summary>
    public static IEnumerable<string> Describe(string module, IReadOnlyList<AppliedMigration> migrations) => migrations.Count switch
    {
        0 => [],
        1 => [$"{module} {NameOf(migrations[0])}"],
        _ => [$"{module} {NameOf(migrations[0])} to {NameOf(migrations[^1])} ({migrations.Count})"],
    };

    /// <summary>What a backup is made of, in words.</summary>
    public static string Describe(BackupManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(", ", manifest.Files.Select(file => file.Module))} as of {manifest.TakenAt} ({manifest.Files.Count} files, {manifest.Files.Sum(file => file.Size) / 1024.0:N0} KB)");

    public static async Task WriteAsync(string sentence, IReadOnlyList<ModuleDatabase> databases, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(CommandLine.JsonOption))
        {
            MigrationRow.Write(await ReadRowsAsync(databases, cancellationToken), asJson: true);
        }
        else
        {
            Console.WriteLine(sentence);
        }
    }

    public static void Write(string sentence, string directory, BackupManifest manifest, ParseResult arguments) => Console.WriteLine(
        arguments.GetValue(CommandLine.JsonOption)
            ? JsonSerializer.Serialize(new BackupAnswer(directory, manifest.TakenAt, manifest.Files), AnswerJson.Default.BackupAnswer)
            : sentence);

    public static async Task<List<MigrationRow>> ReadRowsAsync(IReadOnlyList<ModuleDatabase> databases, CancellationToken cancellationToken)
    {
        var rows = new List<MigrationRow>();
        foreach (var database in databases)
        {
            var states = await new MigrationRunner(database, TimeProvider.System).GetStatusAsync(cancellationToken);
            rows.AddRange(states.Select(state => MigrationRow.Of(database.Module, state)));
        }

        return rows;
    }

    private static string NameOf(AppliedMigration migration) => $"{migration.Version:0000}_{migration.Name}";

    internal sealed record BackupAnswer(string Directory, string TakenAt, IReadOnlyList<BackupFile> Files);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(BackupAnswer))]
    private sealed partial class AnswerJson : JsonSerializerContext;
}
