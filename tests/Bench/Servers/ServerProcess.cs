using System.Collections.Concurrent;
using System.Diagnostics;

namespace TraderHub.Bench.Servers;

/// <summary>A server in a process of its own, ended with this object.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";

    private const int KeptErrorLines = 50;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly TimeProvider clock;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ServerCommand command, TimeProvider clock)
    {
        this.clock = clock;
        process = command.CreateProcess();
        process.OutputDataReceived += (_, line) => FindAddress(line.Data);
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new IOException($"'{command.Assembly}' ended before it served: {string.Join('\n', errors)}"));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server; it listens when the task completes.</summary>
    /// <exception cref="IOException">It ended instead.</exception>
    /// <exception cref="TimeoutException">It did neither in time.</exception>
    public static async Task<ServerProcess> StartAsync(ServerCommand command, TimeProvider clock, CancellationToken cancellationToken)
    {
        var server = new ServerProcess(command, clock);
        try
        {
            server.process.Start();
            server.process.BeginOutputReadLine();
            server.process.BeginErrorReadLine();
            server.Address = await server.listening.Task.WaitAsync(StartLimit, clock, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it holds of the machine's memory now.</summary>
    public double ReadResidentMegabytes()
    {
        process.Refresh();
        return ResidentMemory.ReadMegabytes(process);
    }

    /// <summary>Ends it the way an operator does, so that it leaves its files in order for the next start; by force when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                await EndAsync();
            }
        }
        catch (InvalidOperationException)
        {
            // It never started: there is nothing to end.
        }

        process.Dispose();
    }

    private async Task EndAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
        }

        try
        {
            using var limit = new CancellationTokenSource(StopLimit, clock);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private void FindAddress(string? line)
    {
        if (line?.StartsWith(Announcement, StringComparison.Ordinal) == true)
        {
            listening.TrySetResult(new Uri(line[Announcement.Length..]));
        }
    }

    private void KeepError(string? line)
    {
        if (line is not null && errors.Count < KeptErrorLines)
        {
            errors.Enqueue(line);
        }
    }
}
