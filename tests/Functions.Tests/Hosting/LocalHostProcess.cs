using System.Collections.Concurrent;
using System.Diagnostics;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

/// <summary>The embedded host as its users run it: a process of its own.</summary>
internal sealed class LocalHostProcess : IAsyncDisposable
{
    private readonly Process process;

    private LocalHostProcess(Process process) => this.process = process;

    /// <summary>What it wrote so far, line by line.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    /// <summary>What it wrote to standard error.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public HttpClient Http { get; } = new();

    /// <summary>Starts it with some arguments and settings.</summary>
    public static LocalHostProcess Start(string workingDirectory, string arguments, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "LocalHost.dll")}\" {arguments}")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var host = new LocalHostProcess(new Process { StartInfo = start });
        host.process.OutputDataReceived += (_, line) => Keep(host.Output, line.Data);
        host.process.ErrorDataReceived += (_, line) => Keep(host.Errors, line.Data);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Runs it to its end; the exit code is returned.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Waits until it says that it serves.</summary>
    public async Task WaitUntilServingAsync()
    {
        await Eventually.TrueAsync(() => Output.Contains("TraderHub ready") || process.HasExited);
        Assert.False(process.HasExited, string.Join('\n', Errors));
    }

    /// <summary>The same, and takes the address that it says it serves at.</summary>
    public async Task WaitUntilReadyAsync()
    {
        await WaitUntilServingAsync();
        const string Listening = "Now listening on: ";
        var address = Output.First(line => line.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..];
        Http.BaseAddress = new Uri(address);
    }

    /// <summary>Sends it a signal, such as TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", $"-{signal} {process.Id}");
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
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
