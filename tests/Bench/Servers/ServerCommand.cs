namespace TraderHub.Bench.Servers;

/// <summary>How a server is started.</summary>
/// <param name="Assembly">The published program, run with <c>dotnet</c>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Where it runs: not the repository, whose settings file is somebody's own.</param>
/// <param name="Settings">Environment variables beside those of this process.</param>
internal sealed record ServerCommand(
    string Assembly, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyList<(string Key, string Value)> Settings);
