using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace TraderHub.Testing;

/// <summary>Azurite as its lock file names it, in <c>tests/azurite</c>; installed when it is not there yet.</summary>
internal static class AzuritePackage
{
    private static readonly SemaphoreSlim Gate = new(1, 1);

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "azurite");

    public static async Task EnsureInstalledAsync()
    {
        await Gate.WaitAsync();
        try
        {
            Skip.If(await RunAsync("node", "--version") != 0, "No Node.js: Azurite, the emulator of Table Storage, runs on it.");
            if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            {
                Skip.If(await RunAsync("npm", "ci --ignore-scripts --no-audit --no-fund") != 0, "Azurite could not be installed: 'npm ci' in tests/azurite failed.");
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<int> RunAsync(string command, string arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return -1;
        }
    }
}
