using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Sql.Postgres;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>db rollback</c>: takes migrations back, in all databases or in none, while nobody uses them.</summary>
internal static class DbRollback
{
    private static readonly Option<int> ToOption = new("--to")
    {
        Description = "The version to go back to; 0 takes everything back.",
        HelpName = "version",
        Required = true,
    };

    private static readonly Option<bool> ConfirmOption = new("--confirm") { Description = "Really do it: tables and their rows are deleted." };

    public static Command Create()
    {
        var command = new Command("rollback", "Take migrations back; tables that were adopted stay, and so does kv.db unless --module names it.") { ToOption, ConfirmOption };
        command.SetAction(RunAsync);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(ConfirmOption))
            {
                result.AddError("rollback needs --confirm: it deletes tables with their rows. 'db backup <directory>' keeps them.");
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = DbCommand.Compose(arguments);
        var databases = Choose(services, arguments);
        var version = arguments.GetValue(ToOption);
        RequireKnown(databases, version);
        var options = services.GetRequiredService<DatabaseOptions>();
        IReadOnlyList<ModuleRollback> rollbacks = [];
        if (databases.All(database => database.FilePath is not null))
        {
            await DbCommand.FilesOf(services, databases).ChangeAsync(
                async directory =>
                {
                    await using var staged = DbCommand.Compose(arguments, directory);
                    rollbacks = await RollBackAsync(Choose(staged, arguments), version, cancellationToken);
                },
                cancellationToken);
        }
        else
        {
            await PostgresSessions.RequireNoneAsync(options.ConnectionString!, cancellationToken);
            rollbacks = await RollBackAsync(databases, version, cancellationToken);
        }

        var removed = rollbacks.SelectMany(rollback => DbAnswer.Describe(rollback.Module, rollback.Migrations)).ToList();
        await DbAnswer.WriteAsync(
            removed.Count == 0 ? $"Nothing was to be done: no database has a migration after {version:0000}." : $"Took back {string.Join("; ", removed)}.",
            databases,
            arguments,
            cancellationToken);
        return 0;
    }

    private static Task<IReadOnlyList<ModuleRollback>> RollBackAsync(IReadOnlyList<ModuleDatabase> databases, int version, CancellationToken cancellationToken) =>
        MigrationRunner.RollBackAllAsync(databases, version, TimeProvider.System, cancellationToken);

    private static List<ModuleDatabase> Choose(IServiceProvider services, ParseResult arguments)
    {
        var chosen = DbCommand.Choose(services, arguments);
        return chosen.Count == 1 ? chosen : [.. chosen.Where(database => database is not KeyValueDatabase)];
    }

    private static void RequireKnown(IReadOnlyList<ModuleDatabase> databases, int version)
    {
        var newest = databases.Select(database => (database.Module, Version: MigrationScript.LoadAll(database.Module)[^1].Version)).ToList();
        if (version < 0 || newest.All(module => module.Version < version))
        {
            throw new WrongUsageException(
                $"There is no version {version}; the newest are: {string.Join(", ", newest.Select(module => $"{module.Module} {module.Version}"))}. Nothing was changed.");
        }
    }
}
