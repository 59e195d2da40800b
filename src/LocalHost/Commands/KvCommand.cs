using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data;
using TraderHub.Data.KeyValue;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>kv</c>: the key-value store, key by key and as a whole.</summary>
internal static class KvCommand
{
    private const int NotThere = 1;

    private static readonly Argument<string> KeyArgument = new("key") { Description = "The key." };

    private static readonly Argument<string?> ValueArgument = new("value") { Description = "The value, as text.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Argument<string> PrefixArgument = new("prefix") { Description = "What the keys begin with.", DefaultValueFactory = _ => string.Empty };

    private static readonly Argument<string> FileArgument = new("file")
    {
        Description = "A JSON array of {name, value, expiration?, expiration_ttl?, metadata?, base64?}; key serves for name.",
        Validators = { CommandLine.RefuseEmpty },
    };

    private static readonly Option<int?> TtlOption = new("--ttl") { Description = "How long the key is there, in seconds, at least 60.", HelpName = "seconds" };

    private static readonly Option<string?> ValueFileOption = new("--file")
    {
        Description = "Take the value from a file, as it is.",
        HelpName = "path",
        Validators = { CommandLine.RefuseEmpty },
    };

    public static Command Create()
    {
        var put = Define("put", "Store a value; without --ttl the key is permanent.", PutAsync);
        put.Add(KeyArgument);
        put.Add(ValueArgument);
        put.Add(TtlOption);
        put.Add(ValueFileOption);
        put.Validators.Add(result =>
        {
            if (result.GetValue(ValueArgument) is null == result.GetValue(ValueFileOption) is null)
            {
                result.AddError("kv put takes either a value or --file.");
            }
        });
        return new Command("kv", "The key-value store.")
        {
            With(PrefixArgument, Define("list", "List keys in their order.", ListAsync)),
            With(KeyArgument, Define("get", "Write a value to standard output, as it is.", GetAsync)),
            put,
            With(KeyArgument, Define("delete", "Remove a key.", DeleteAsync)),
            With(FileArgument, Define("import", "Store the keys of a file; what is there with the same content is left alone.", KvImport.RunAsync)),
            With(FileArgument, Define("export", "Write all keys into a file.", KvExport.RunAsync)),
        };
    }

    /// <summary>The file that the arguments name.</summary>
    /// <exception cref="InvalidDataException">It is a folder.</exception>
    public static string FileOf(ParseResult arguments) => RequireNoFolder(arguments.GetValue(FileArgument)!);

    private static string RequireNoFolder(string file) =>
        Directory.Exists(file) ? throw new InvalidDataException($"'{file}' is a folder; name a file.") : file;

    private static Command With(Argument argument, Command command)
    {
        command.Add(argument);
        return command;
    }

    private static Command Define(string name, string description, Func<IKeyValueStore, ParseResult, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var services = await ComposeAsync(arguments, cancellationToken);
            using var keys = new ManagedKeys(
                services.GetRequiredService<IKeyValueStore>(),
                services.GetRequiredService<MigrationOperations>(),
                services.GetRequiredService<StageDocuments>(),
                services.GetRequiredService<WriteKey>(),
                () => MigrateAsync(services, cancellationToken),
                bringsKeys: name == "import");
            return await work(keys, arguments, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ListAsync(IKeyValueStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var output = KvListing.To(Console.OpenStandardOutput(), arguments.GetValue(CommandLine.JsonOption));
        await foreach (var key in store.ListAllAsync(arguments.GetValue(PrefixArgument)!, cancellationToken))
        {
            output.Add(key);
        }

        return 0;
    }

    private static async Task<int> GetAsync(IKeyValueStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        var key = arguments.GetValue(KeyArgument)!;
        var entry = await store.GetWithMetadataAsync(key, cancellationToken);
        if (entry is null)
        {
            await Console.Error.WriteLineAsync($"There is no key '{key}'.");
            return NotThere;
        }

        await using var output = Console.OpenStandardOutput();
        if (arguments.GetValue(CommandLine.JsonOption))
        {
            await using var json = KeyValueRow.WriterTo(output);
            KeyValueRow.Write(json, key, entry);
        }
        else
        {
            await output.WriteAsync(entry.Value, cancellationToken);
        }

        return 0;
    }

    private static async Task<int> PutAsync(IKeyValueStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        var value = arguments.GetValue(ValueFileOption) is { } file
            ? await File.ReadAllBytesAsync(RequireNoFolder(file), cancellationToken)
            : System.Text.Encoding.UTF8.GetBytes(arguments.GetValue(ValueArgument)!);
        var options = new PutOptions(TimeToLive: arguments.GetValue(TtlOption) is { } seconds ? Duration.FromSeconds(seconds) : null);
        await store.PutAsync(arguments.GetValue(KeyArgument)!, value, options, cancellationToken);
        return 0;
    }

    private static async Task<int> DeleteAsync(IKeyValueStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(arguments.GetValue(KeyArgument)!, cancellationToken);
        return 0;
    }

    private static async Task<ServiceProvider> ComposeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var provider = CommandServices.Compose(
            arguments, CommandServices.SettingsOf(arguments), (services, settings) => services.AddDatabases(settings).AddKeyValueStore(settings).AddMigration(settings));
        if (provider.GetService<KeyValueDatabase>() is { } database)
        {
            await new MigrationRunner(database, TimeProvider.System).MigrateAsync(cancellationToken);
        }

        return provider;
    }

    /// <summary>The engine has its tables in the modules' databases; what touches no key that moves needs none of them.</summary>
    private static async Task MigrateAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var database in services.GetServices<ModuleDatabase>())
        {
            await new MigrationRunner(database, TimeProvider.System).MigrateAsync(cancellationToken);
        }
    }
}
