using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>db</c>: the databases' schema, and copies of them.</summary>
internal static class DbCommand
{
    private static readonly Argument<string> DirectoryArgument = new("directory") { Description = "The folder of the copies." };

    private static readonly Option<int> ToOption = new("--to")
    {
        Description = "The version to go back to; 0 takes everything back.",
        HelpName = "version",
        Required = true,
    };

    private static readonly Option<string?> ModuleOption = new("--module") { Description = "One module's database alone.", HelpName = "name", Recursive = true };

    public static Command Create()
    {
        var command = new Command("db", "The databases' schema, and copies of them.")
        {
            ModuleOption,
            Define("migrate", "Bring the databases to the schema of this build.", (runner, _, _, token) => runner.MigrateAsync(token)),
            Define("rollback", "Take migrations back; tables that were adopted stay.", (runner, _, arguments, token) =>
                runner.RollBackAsync(arguments.GetValue(ToOption), token)),
            Define("status", "Show which migrations are applied.", (_, _, _, _) => Task.CompletedTask),
            Define("backup", "Copy the databases into a folder while they are in use, and check the copies.", (_, database, arguments, token) =>
                database.BackUpAsync(arguments.GetValue(DirectoryArgument)!, token)),
            Define("restore", "Put the copies of a folder in the place of the databases; stop the host first.", (_, database, arguments, token) =>
                database.RestoreAsync(arguments.GetValue(DirectoryArgument)!, token)),
        };
        command.Subcommands.Single(each => each.Name == "rollback").Add(ToOption);
        command.Subcommands.Single(each => each.Name == "backup").Add(DirectoryArgument);
        command.Subcommands.Single(each => each.Name == "restore").Add(DirectoryArgument);
        return command;
    }

    private static Command Define(string name, string description, Func<MigrationRunner, ModuleDatabase, ParseResult, CancellationToken, Task> work)
    {
        var command = new Command(name, description);
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, work, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, Func<MigrationRunner, ModuleDatabase, ParseResult, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments);
        var rows = new List<MigrationRow>();
        foreach (var database in Chosen(services, arguments.GetValue(ModuleOption)))
        {
            var runner = new MigrationRunner(database, TimeProvider.System);
            await work(runner, database, arguments, cancellationToken);
            rows.AddRange((await runner.GetStatusAsync(cancellationToken)).Select(state => MigrationRow.Of(database.Module, state)));
        }

        MigrationRow.Write(rows, arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static List<ModuleDatabase> Chosen(IServiceProvider services, string? module)
    {
        var databases = services.GetServices<ModuleDatabase>().ToList();
        return module is null
            ? databases
            : databases.Where(database => database.Module == module).ToList() is { Count: 1 } one
                ? one
                : throw new InvalidDataException($"There is no module '{module}'; the modules are: {string.Join(", ", databases.Select(database => database.Module))}.");
    }

    private static ServiceProvider Compose(ParseResult arguments)
    {
        var configuration = HostSettings.Load(arguments.GetValue(CommandLine.DataOption));
        var settings = new SettingsReader(configuration);
        var services = new ServiceCollection()
            .AddLogging(HostLogging.ToStandardError)
            .AddSingleton(configuration)
            .AddDatabases(settings);
        settings.ThrowIfInvalid();
        return services.BuildServiceProvider();
    }
}
