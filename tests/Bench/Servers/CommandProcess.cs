using System.Diagnostics;

namespace TraderHub.Bench.Servers;

/// <summary>What a command answered.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it wrote to standard error.</param>
/// <param name="PeakMegabytes">The most that it held of the machine's memory.</param>
internal sealed record CommandAnswer(int ExitCode, string Output, string Errors, double PeakMegabytes);

/// <summary>A command in a process of its own, so that the memory that it takes is its own.</summary>
internal sealed class CommandProcess : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly TimeProvider clock;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private CommandProcess(Process process, TimeProvider clock)
    {
        (this.process, this.clock) = (process, clock);
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts a command.</summary>
    public static CommandProcess Start(ServerCommand command, TimeProvider clock)
    {
        var process = command.CreateProcess();
        process.Start();
        return new CommandProcess(process, clock);
    }

    /// <summary>Waits for its end; what the system remembers of its memory is asked for all the while, as it is forgotten with it.</summary>
    public async Task<CommandAnswer> WaitAsync(CancellationToken cancellationToken)
    {
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, ResidentMemory.ReadPeakMegabytes(process));
            await Task.Delay(Look, clock, cancellationToken);
        }

        return new(process.ExitCode, await output, await errors, peak);
    }

    /// <summary>Ends it at once, as a failing machine would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
