using System.CommandLine;

namespace TraderHub.Bench;

/// <summary>What <c>./bench</c> passes on. Exit codes: 0 measured, whatever was reached; 1 something failed; 2 wrong usage.</summary>
internal static class CommandLine
{
    private const int Failed = 1;

    private const int WrongUsage = 2;

    private static readonly Option<string> Published = new("--published")
    {
        Description = "The folder with the published local-host and empty-app.",
        Required = true,
    };

    private static readonly Option<string> Output = new("--output") { Description = "The folder that bench.json is written to.", Required = true };

    private static readonly Option<bool> ReadyToRun = new("--ready-to-run") { Description = "Both are published with code compiled ahead of time." };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Short rounds, to see that it works; the numbers say little." };

    private static readonly Option<string> Only = new("--only")
    {
        Description = "Only the measurements whose name contains this text.",
        DefaultValueFactory = _ => string.Empty,
    };

    /// <summary>Measures as the arguments ask.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Measures TraderHub beside bare references.") { Published, Output, ReadyToRun, Quick, Only };
        root.SetAction(MeasureAsync);
        var parsed = root.Parse(args);
        try
        {
            // The library cancels on a signal; no limit then, so that the servers that were started are ended in peace.
            var exitCode = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Timeout.InfiniteTimeSpan });
            return parsed.Errors.Count > 0 ? WrongUsage : exitCode;
        }
        catch (Exception exception)
        {
            // Caught, whatever it is: unhandled it would end the process before the stack unwinds, and leave the servers behind.
            await Console.Error.WriteLineAsync($"The benchmark failed: {exception}");
            return Failed;
        }
    }

    private static async Task<int> MeasureAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new BenchOptions(
            arguments.GetValue(Published)!,
            arguments.GetValue(Output)!,
            arguments.GetValue(ReadyToRun),
            arguments.GetValue(Only)!,
            arguments.GetValue(Quick) ? Effort.Quick : Effort.Full);
        try
        {
            await BenchProgram.RunAsync(options, TimeProvider.System, cancellationToken);
            return 0;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Connections that break off because of it throw exceptions of their own kinds.
            await Console.Error.WriteLineAsync("Interrupted; nothing was written.");
            return Failed;
        }
    }
}
