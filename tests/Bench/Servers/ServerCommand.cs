using System.Diagnostics;

namespace TraderHub.Bench.Servers;

/// <summary>How a program of ours is started.</summary>
/// <param name="Assembly">The published program, run with <c>dotnet</c>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Where it runs: not the repository, whose settings file is somebody's own.</param>
/// <param name="Settings">Environment variables beside those of this process.</param>
internal sealed record ServerCommand(
    string Assembly, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyList<(string Key, string Value)> Settings)
{
    /// <summary>Its process, not started yet; what it writes can be read.</summary>
    public Process CreateProcess()
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. Arguments])
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in Settings)
        {
            start.Environment[key] = value;
        }

        return new Process { StartInfo = start, EnableRaisingEvents = true };
    }
}
