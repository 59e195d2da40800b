using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

/// <summary>The published worker as a process, started with what the Functions host starts it with.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;

    private WorkerProcess(Process process) => this.process = process;

    /// <summary>What it wrote to standard output, line by line.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    /// <summary>What it wrote to standard error.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public bool HasExited => process.HasExited;

    /// <summary>The memory that it holds at this moment, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static WorkerProcess Start(string appFolder, Uri host, string workerId, IEnumerable<(string Key, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = appFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(appFolder, "Functions.dll"),
                "--functions-uri", host.ToString(),
                "--functions-worker-id", workerId,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
            },
            Environment =
            {
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = appFolder,
                ["FUNCTIONS_WORKER_DIRECTORY"] = appFolder,
            },
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker.process.OutputDataReceived += (_, line) => Keep(worker.Output, line.Data);
        worker.process.ErrorDataReceived += (_, line) => Keep(worker.Errors, line.Data);
        worker.process.Start();
        worker.process.BeginOutputReadLine();
        worker.process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits for its end; the exit code is returned.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Sends it the signal that Azure ends processes with.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", $"-TERM {process.Id}");
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
