using System.Diagnostics;
using System.Text;

namespace TraderHub.Soak;

/// <summary>The embedded host as a process of its own, which is killed and started again on the same data.</summary>
/// <param name="directory">Where its data are.</param>
/// <param name="settings">Its settings, with <c>__</c> between their parts.</param>
internal sealed class ServedHost(string directory, IReadOnlyDictionary<string, string> settings)
{
    private const string AdminToken = "the-operators-secret-of-this-soak";

    /// <summary>Starts it, and waits until it serves.</summary>
    public async Task<Running> StartAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "LocalHost.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", directory])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Auth__AdminToken"] = AdminToken;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var running = new Running(Process.Start(start)!);
        await running.WaitUntilReadyAsync();
        return running;
    }

    /// <summary>The host while it runs; disposing kills it.</summary>
    internal sealed class Running(Process process) : IAsyncDisposable
    {
        private const string Listening = "Now listening on: ";

        private readonly TaskCompletionSource ready = new();
        private readonly StringBuilder errors = new();

        /// <summary>Asks it, as its operator.</summary>
        public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { DefaultRequestHeaders = { { "x-functions-key", AdminToken }, { "Authorization", $"Bearer {AdminToken}" } } };

        public async Task WaitUntilReadyAsync()
        {
            process.OutputDataReceived += (_, line) => Read(line.Data);
            process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await Task.WhenAny(ready.Task, process.WaitForExitAsync());
            ThrowIfEnded();
        }

        /// <summary>Asks for the timer's run as an operator does.</summary>
        public async Task CaptureSnapshotsAsync()
        {
            using var body = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await Http.PostAsync("/admin/functions/CaptureSnapshots", body);
            response.EnsureSuccessStatusCode();
        }

        public void ThrowIfEnded()
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The host ended with {process.ExitCode}: {errors}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            Http.Dispose();
        }

        private void Read(string? line)
        {
            if (line?.StartsWith(Listening, StringComparison.Ordinal) == true)
            {
                Http.BaseAddress = new Uri(line[Listening.Length..]);
            }
            else if (line == "TraderHub ready")
            {
                ready.TrySetResult();
            }
        }
    }
}
