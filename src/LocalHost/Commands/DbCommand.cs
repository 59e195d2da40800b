using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using TraderHub.Data;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>db</c>: the databases' schema.</summary>
internal static class DbCommand
{
    public static Command Create()
    {
        var migrate = new Command("migrate", "Bring the databases to the schema of this build.");
        migrate.SetAction((arguments, cancellationToken) => RunAsync(arguments, MigrateAsync, cancellationToken));
        var status = new Command("status", "Show which migrations are applied.");
        status.SetAction((arguments, cancellationToken) => RunAsync(arguments, (_, _) => Task.CompletedTask, cancellationToken));
        return new Command("db", "The databases' schema.") { migrate, status };
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, Func<MigrationRunner, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var configuration = HostSettings.Load(arguments.GetValue(CommandLine.DataOption));
        var settings = new SettingsReader(configuration);
        var services = new ServiceCollection()
            .AddLogging(HostLogging.ToStandardError)
            .AddSingleton(configuration)
            .AddSingleton(TimeProvider.System)
            .AddTradingData(settings);
        settings.ThrowIfInvalid();
        await using var provider = services.BuildServiceProvider();

        var database = provider.GetRequiredService<TradingDatabase>();
        var runner = new MigrationRunner(database, TimeProvider.System);
        await work(runner, cancellationToken);
        Show(database.Module, await runner.GetStatusAsync(cancellationToken), arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static Task MigrateAsync(MigrationRunner runner, CancellationToken cancellationToken) => runner.MigrateAsync(cancellationToken);

    private static void Show(string module, IReadOnlyList<MigrationState> migrations, bool asJson)
    {
        var rows = migrations.Select(migration => new Row(module, migration.Version, migration.Name, migration.AppliedAt?.ToString())).ToList();
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, RowJson.Default.ListRow));
            return;
        }

        var table = new Table().AddColumns("module", "version", "name", "applied at");
        foreach (var row in rows)
        {
            table.AddRow(row.Module, $"{row.Version:0000}", row.Name, row.AppliedAt ?? "not yet");
        }

        AnsiConsole.Write(table);
    }

    internal sealed record Row(string Module, int Version, string Name, string? AppliedAt);
}

/// <summary>Writes the rows of <c>db status</c> for scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<DbCommand.Row>))]
internal sealed partial class RowJson : JsonSerializerContext;
