using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Backups;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>db restore</c>: puts a backup in the place of the databases.</summary>
internal static class DbRestore
{
    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = DbCommand.Compose(arguments);
        var databases = DbCommand.Choose(services, arguments);
        var directory = DbCommand.DirectoryOf(arguments);
        var files = DbCommand.FilesOf(services, databases);
        if (!files.AreAll)
        {
            throw new InvalidDataException(
                $"PostgreSQL is restored with its own tools: for each schema psql --command 'DROP SCHEMA <schema> CASCADE', then psql --file {Path.Combine(directory, "<schema>.sql")}. Nothing was changed.");
        }

        // Keys and rows are of one moment only where both are files; the stages then go on from what was restored.
        var keys = services.GetRequiredService<KeyValueOptions>();
        var hasEverything = keys.Provider == KeyValueProvider.Sqlite && databases.Count == services.GetServices<ModuleDatabase>().Count();
        IReadOnlyList<string> verified = [];
        BackupManifest? manifest = null;
        await LongRun.ShowAsync($"Restoring from {directory}", arguments.GetValue(CommandLine.JsonOption), async _ => manifest = await files.RestoreAsync(
            directory,
            async staged =>
            {
                if (hasEverything)
                {
                    await using var restored = CommandServices.Compose(arguments, staged);
                    verified = await RestoredGroups.PrepareAsync(restored, directory, cancellationToken);
                }
            },
            cancellationToken));
        DbAnswer.Write(
            $"Restored {DbAnswer.Describe(manifest!)} from '{directory}'{string.Concat(verified.Select(text => $"; {text}"))}.", directory, manifest!, arguments);
        return 0;
    }
}
