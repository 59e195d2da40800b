using System.Text;
using TraderHub.LocalHost.Commands;

namespace TraderHub.Functions.Tests.Commands;

/// <summary>
/// A command line that runs in this process, on services of its own, with all that it wrote. To start a process takes ten times as long: what only a process can
/// show is tested with <see cref="Hosting.LocalHostProcess"/>.
/// </summary>
internal sealed record CommandRun(int Exit, string Output, string Errors)
{
    private static readonly CallersWriter Out = new(Console.Out);
    private static readonly CallersWriter Error = new(Console.Error);

    static CommandRun()
    {
        Console.SetOut(Out);
        Console.SetError(Error);
    }

    public static async Task<CommandRun> ExecuteAsync(params string[] arguments)
    {
        using var output = Out.Begin();
        using var errors = Error.Begin();
        var exit = await CommandLine.RunAsync(arguments);
        return new(exit, output.ToString().Trim(), errors.ToString().Trim());
    }

    /// <summary>Gives each caller what it wrote itself, although the process has but one console.</summary>
    private sealed class CallersWriter(TextWriter console) : TextWriter
    {
        private readonly AsyncLocal<TextWriter?> callers = new();

        public override Encoding Encoding => console.Encoding;

        private TextWriter Target => callers.Value ?? console;

        public StringWriter Begin()
        {
            var writer = new StringWriter();
            callers.Value = Synchronized(writer);
            return writer;
        }

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);
    }
}
