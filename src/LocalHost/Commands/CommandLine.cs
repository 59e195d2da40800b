using System.CommandLine;
using System.CommandLine.Parsing;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.LocalHost.Commands;

/// <summary>The command line: what can be asked, and how it ends. 0 is done, 1 failed, 2 wrong usage.</summary>
internal static class CommandLine
{
    /// <summary>It could not be done, or something disagrees.</summary>
    public const int Failed = 1;

    /// <summary>It was asked wrongly.</summary>
    public const int WrongUsage = 2;

    /// <summary>Where the data is.</summary>
    public static Option<string?> DataOption { get; } = new("--data")
    {
        Description = "The folder of the data and of its local.settings.json (setting Database:Directory).",
        HelpName = "directory",
        Recursive = true,
        Validators = { RefuseEmpty },
    };

    /// <summary>Whether a script reads the output.</summary>
    public static Option<bool> JsonOption { get; } = new("--json") { Description = "Write JSON for scripts.", Recursive = true };

    /// <summary>Whether the log and the stacks of failures are wanted too.</summary>
    public static Option<bool> VerboseOption { get; } = new("--verbose")
    {
        Description = "Write the log, and the stacks of failures, to standard error.",
        Recursive = true,
    };

    /// <summary>Where to listen.</summary>
    public static Option<string> UrlsOption { get; } = CreateUrlsOption();

    /// <summary>A validator of what names a file or a folder: an empty text names none.</summary>
    public static void RefuseEmpty(SymbolResult result)
    {
        if (result.Tokens.FirstOrDefault(token => string.IsNullOrWhiteSpace(token.Value)) is not null)
        {
            result.AddError($"{(result is OptionResult option ? option.Option.Name : "The name of a file or a folder")} must not be empty.");
        }
    }

    /// <summary>Runs what the arguments ask for; the process's exit code is returned.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("TraderHub: a trader's balance, jobs and reports, served on this machine. Without a command it serves.")
        {
            DataOption, JsonOption, VerboseOption, UrlsOption, ServeCommand.Create(), DemoCommand.Create(), DbCommand.Create(), JobsCommand.Create(),
            KvCommand.Create(), MigrationCommand.Create(), TelegramCommand.Create(),
        };
        root.SetAction(ServeCommand.RunAsync);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("Add --help to see what there is.");
            return WrongUsage;
        }

        try
        {
            // The host has its own way to stop on a signal, which takes longer than the library would wait.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (exception is KeyValueRefusedException or WrongUsageException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongUsage;
        }
        catch (Exception exception) when (IsForOperators(exception))
        {
            await Console.Error.WriteLineAsync(parsed.GetValue(VerboseOption) ? exception.ToString() : Describe(exception));
            return Failed;
        }
    }

    /// <summary>Failures that an operator can mend; the message is all there is to say. Anything else is a bug and shows its stack.</summary>
    private static bool IsForOperators(Exception exception) =>
        exception is InvalidSettingsException or MigrationException or StorageException or KeyValueException or UpstreamException or UnreadableDataException
            or InvalidDataException or IOException or UnauthorizedAccessException;

    private static string Describe(Exception exception) => DataFileException.FindIn(exception) is { } file ? file.Message
        : exception is StorageException { InnerException: { } cause } ? $"{exception.Message} {cause.Message}"
        : exception.Message;

    private static Option<string> CreateUrlsOption()
    {
        var option = new Option<string>("--urls")
        {
            Description = "The address to listen on; port 0 takes a free one.",
            HelpName = "url",
            DefaultValueFactory = _ => "http://127.0.0.1:7071",
            Recursive = true,
        };
        option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/")
            {
                result.AddError($"--urls must be one address such as http://127.0.0.1:7071, not '{text}'.");
            }
        });
        return option;
    }
}
