using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Backups;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>db</c>: the databases' schema, and copies of them.</summary>
internal static class DbCommand
{
    private static readonly Argument<string> DirectoryArgument = new("directory")
    {
        Description = "The folder of the copies.",
        Validators = { CommandLine.RefuseEmpty },
    };

    private static readonly Option<string?> ModuleOption = new("--module") { Description = "One module's database alone.", HelpName = "name", Recursive = true };

    public static Command Create() => new("db", "The databases' schema, and copies of them.")
    {
        ModuleOption,
        Define("migrate", "Bring the databases to the schema of this build.", MigrateAsync),
        DbRollback.Create(),
        Define("status", "Show which migrations are applied.", ShowStatusAsync),
        Define("backup", "Copy the databases as of one moment into a folder, while they are in use, and check the copies.", BackUpAsync, DirectoryArgument),
        Define("restore", "Put a backup in the place of the databases, whole or not at all; stop the host first.", DbRestore.RunAsync, DirectoryArgument),
    };

    /// <summary>The folder that the arguments name.</summary>
    public static string DirectoryOf(ParseResult arguments) => Path.GetFullPath(arguments.GetValue(DirectoryArgument)!);

    /// <summary>The databases, in the folder of the settings or in another one.</summary>
    public static ServiceProvider Compose(ParseResult arguments, string? otherData = null) =>
        CommandServices.Compose(
            arguments, CommandServices.SettingsOf(arguments, otherData), (services, settings) => services.AddDatabases(settings).AddKeyValueStore(settings));

    /// <summary>The databases that the arguments choose.</summary>
    public static List<ModuleDatabase> Choose(IServiceProvider services, ParseResult arguments)
    {
        var databases = services.GetServices<ModuleDatabase>().ToList();
        return arguments.GetValue(ModuleOption) is not { } module ? databases
            : databases.Where(database => database.Module == module).ToList() is { Count: 1 } one ? one
            : throw new WrongUsageException($"There is no module '{module}'; the modules are: {string.Join(", ", databases.Select(database => database.Module))}.");
    }

    /// <summary>The files of the databases that the arguments choose.</summary>
    public static DatabaseFiles FilesOf(IServiceProvider services, IReadOnlyList<ModuleDatabase> databases) =>
        new(databases, services.GetRequiredService<DatabaseOptions>(), TimeProvider.System);

    private static Command Define(string name, string description, Func<ParseResult, CancellationToken, Task<int>> work, params Argument[] arguments)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        command.SetAction(work);
        return command;
    }

    private static async Task<int> MigrateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments);
        var databases = Choose(services, arguments);
        var applied = new List<string>();
        foreach (var database in databases)
        {
            var migrations = await new MigrationRunner(database, TimeProvider.System).MigrateAsync(cancellationToken);
            applied.AddRange(DbAnswer.Describe(database.Module, migrations));
        }

        var names = string.Join(", ", databases.Select(database => database.Module));
        await DbAnswer.WriteAsync(
            applied.Count == 0 ? $"Nothing was to be done: {names} already have the schema of this build." : $"Applied {string.Join("; ", applied)}.",
            databases,
            arguments,
            cancellationToken);
        return 0;
    }

    private static async Task<int> ShowStatusAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments);
        MigrationRow.Write(await DbAnswer.ReadRowsAsync(Choose(services, arguments), cancellationToken), arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static async Task<int> BackUpAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments);
        var directory = DirectoryOf(arguments);
        var files = FilesOf(services, Choose(services, arguments));
        BackupManifest? manifest = null;
        await LongRun.ShowAsync(
            $"Backing up to {directory}", arguments.GetValue(CommandLine.JsonOption), async _ => manifest = await files.BackUpAsync(directory, cancellationToken));
        DbAnswer.Write($"Backed up {DbAnswer.Describe(manifest!)} to '{directory}'; every copy was checked.", directory, manifest!, arguments);
        return 0;
    }
}
