using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TraderHub.Testing;

/// <summary>Where an Azurite keeps its data.</summary>
public enum AzuriteData
{
    /// <summary>In its memory.</summary>
    InMemory,

    /// <summary>On disk, as it does by itself: every five seconds, and when it is told to stop.</summary>
    SavedAtTheEnd,

    /// <summary>On disk before each answer: what it acknowledged outlives a kill, as in Table Storage.</summary>
    SavedAtOnce,
}

/// <summary>A real Azurite with one of its services, tables unless another is named, on a free port, with its data in a folder of its own.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly int port = FindFreePort();
    private readonly AzuriteData data;
    private readonly string service;
    private Process? process;

    private AzuriteServer(AzuriteData data, string service)
    {
        this.data = data;
        this.service = service;
    }

    /// <summary>How a client reaches it.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={PublicKey};{service}Endpoint={Endpoint}";

    /// <summary>Where its service is.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{port}/devstoreaccount1");

    /// <summary>The key that every emulator has.</summary>
    public static string PublicKey => "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Starts one. Where it cannot be had, the test is skipped, visibly.</summary>
    public static async Task<AzuriteServer> StartAsync(AzuriteData data = AzuriteData.InMemory, string service = "Table")
    {
        await AzuritePackage.EnsureInstalledAsync();
        var server = new AzuriteServer(data, service);
        try
        {
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, on the same port and data.</summary>
    public async Task StartProcessAsync()
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments())
        {
            start.ArgumentList.Add(argument);
        }

        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => listens.TrySetException(new InvalidOperationException("Azurite ended."));
        process.OutputDataReceived += (_, line) => _ = line.Data?.Contains(" successfully ", StringComparison.Ordinal) == true && listens.TrySetResult();
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listens.Task.WaitAsync(Eventually.Limit);
    }

    /// <summary>Ends it: by <c>KILL</c> at once, by <c>INT</c> after it has saved.</summary>
    public async Task EndProcessAsync(string signal)
    {
        using var kill = Process.Start("kill", $"-{signal} {process!.Id}");
        await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await EndProcessAsync("KILL");
        }

        folder.Dispose();
    }

    private IEnumerable<string> Arguments() =>
    [
        .. data == AzuriteData.SavedAtOnce ? (string[])["--require", Path.Combine(AzuritePackage.Folder, "durable.cjs")] : [],
        Path.Combine(AzuritePackage.Folder, $"node_modules/azurite/dist/src/{service.ToLowerInvariant()}/main.js"),
        .. data == AzuriteData.InMemory ? (string[])["--inMemoryPersistence"] : ["--location", folder.Path],
        $"--{service.ToLowerInvariant()}Host", "127.0.0.1", $"--{service.ToLowerInvariant()}Port", $"{port}", "--disableTelemetry", "--skipApiVersionCheck", "--silent",
    ];

    /// <summary>A port on which nobody listens.</summary>
    public static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
