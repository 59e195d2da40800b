using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TraderHub.Soak;

/// <summary>The embedded host as a process of its own, which is killed and started again on the same data.</summary>
internal sealed class ServedHost(string directory, Uri exchange, int weightPerMinute)
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
        start.Environment["Hyperliquid__BaseUrl"] = exchange.ToString();
        start.Environment["Hyperliquid__WeightPerMinute"] = weightPerMinute.ToString(CultureInfo.InvariantCulture);
        var running = new Running(Process.Start(start)!);
        await running.WaitUntilReadyAsync();
        return running;
    }

    /// <summary>The host while it runs; disposing kills it.</summary>
    internal sealed class Running(Process process) : IAsyncDisposable
    {
        private const string Listening = "Now listening on: ";

        private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        private readonly TaskCompletionSource ready = new();
        private readonly StringBuilder errors = new();

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
            using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/functions/CaptureSnapshots");
            request.Headers.Add("x-functions-key", AdminToken);
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(request);
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
            http.Dispose();
        }

        private void Read(string? line)
        {
            if (line?.StartsWith(Listening, StringComparison.Ordinal) == true)
            {
                http.BaseAddress = new Uri(line[Listening.Length..]);
            }
            else if (line == "TraderHub ready")
            {
                ready.TrySetResult();
            }
        }
    }
}
