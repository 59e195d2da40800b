using System.Diagnostics;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

/// <summary>The embedded host as a process.</summary>
internal sealed class LocalHostProcess : RunningProcess
{
    private LocalHostProcess(ProcessStartInfo start, IEnumerable<(string Key, string Value)> settings)
        : base(start, settings)
    {
    }

    public HttpClient Http { get; } = new();

    /// <summary>Starts it with some arguments and settings.</summary>
    public static LocalHostProcess Start(string workingDirectory, string arguments, params (string Key, string Value)[] settings) => new(
        new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "LocalHost.dll")}\" {arguments}") { WorkingDirectory = workingDirectory }, settings);

    /// <summary>Waits until it says that it serves.</summary>
    public async Task WaitUntilServingAsync()
    {
        await Eventually.TrueAsync(() => Output.Contains("TraderHub ready") || HasExited);
        Assert.False(HasExited, string.Join('\n', Errors));
    }

    /// <summary>The same, and takes the address that it says it serves at.</summary>
    public async Task WaitUntilReadyAsync()
    {
        await WaitUntilServingAsync();
        const string Listening = "Now listening on: ";
        var address = Output.First(line => line.StartsWith(Listening, StringComparison.Ordinal))[Listening.Length..];
        Http.BaseAddress = new Uri(address);
    }

    public override ValueTask DisposeAsync()
    {
        Http.Dispose();
        return base.DisposeAsync();
    }
}
