using TraderHub.Bench.Servers;

namespace TraderHub.Bench;

/// <summary>What every measurement is given: how long to measure, the clock, folders of its own, and the servers.</summary>
/// <param name="options">The published programs and the effort.</param>
/// <param name="work">The folder of this run; it is deleted at the end.</param>
/// <param name="clock">The clock.</param>
internal sealed class BenchRun(BenchOptions options, string work, TimeProvider clock)
{
    // A stop is not measured; the default keeps the server accepting for five seconds.
    private static readonly (string Key, string Value) NoDrain = ("Shutdown__DrainSeconds", "0");

    /// <summary>How often and how long to measure.</summary>
    public Effort Effort => options.Effort;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>A folder of this run, made when it is not there.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(work, name)).FullName;

    /// <summary>Starts TraderHub as it is published, with default settings but for those given.</summary>
    /// <param name="data">The name of its data folder.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="settings">Environment variables, such as <c>Logging__LogLevel__Default</c>.</param>
    public Task<ServerProcess> StartSubjectAsync(string data, CancellationToken cancellationToken, params (string Key, string Value)[] settings) =>
        StartAsync(Path.Combine("local-host", "LocalHost.dll"), ["serve", "--data", Folder(data)], [NoDrain, .. settings], cancellationToken);

    /// <summary>Starts the empty Kestrel app.</summary>
    public Task<ServerProcess> StartEmptyAppAsync(CancellationToken cancellationToken) =>
        StartAsync(Path.Combine("empty-app", "Bench.EmptyApp.dll"), [], [], cancellationToken);

    /// <summary>Starts the app that reads pages of the history straight from a data folder.</summary>
    public Task<ServerProcess> StartHistoryAppAsync(string data, CancellationToken cancellationToken) => StartAsync(
        Path.Combine("history-app", "Bench.HistoryApp.dll"), ["--database", Path.Combine(Folder(data), "jobs.db")], [], cancellationToken);

    /// <summary>Starts the app that writes sessions with one statement each: to a SQLite file, or to the PostgreSQL of a connection string.</summary>
    public Task<ServerProcess> StartWriteAppAsync(string database, CancellationToken cancellationToken) =>
        StartAsync(Path.Combine("write-app", "Bench.WriteApp.dll"), ["--database", database], [], cancellationToken);

    /// <summary>Starts a command of TraderHub as it is published; what it answers is JSON.</summary>
    /// <param name="data">The name of its data folder.</param>
    /// <param name="arguments">The command.</param>
    /// <param name="settings">Environment variables.</param>
    public CommandProcess StartCommand(string data, IReadOnlyList<string> arguments, IReadOnlyList<(string Key, string Value)> settings) => CommandProcess.Start(
        new ServerCommand(PathOf(Path.Combine("local-host", "LocalHost.dll")), [.. arguments, "--data", Folder(data), "--json"], work, settings), clock);

    private string PathOf(string assembly) => Path.GetFullPath(Path.Combine(options.Published, assembly));

    private Task<ServerProcess> StartAsync(
        string assembly, string[] arguments, (string Key, string Value)[] settings, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new ServerCommand(PathOf(assembly), [.. arguments, "--urls", "http://127.0.0.1:0"], work, settings),
            clock,
            cancellationToken);
}
