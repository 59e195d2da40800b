using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TraderHub.LocalHost.Hosting;

/// <summary>
/// The settings of the embedded host, strongest first: the command line, the environment, <c>local.settings.json</c> in the data folder, the same
/// file in the working directory. In a demo's folder its own file alone counts: what the machine is set up for is none of a demo's (rule O9).
/// </summary>
internal static class HostSettings
{
    /// <summary>The name of a settings file.</summary>
    public const string FileName = "local.settings.json";

    /// <summary>The setting that names the data folder.</summary>
    public const string DirectoryKey = "Database:Directory";

    /// <summary>The setting that only a demo's file has.</summary>
    public const string DemoMark = "Demo:WalletKey";

    /// <summary>What the environment may say to a demo: nothing that leads out of its folder.</summary>
    private static readonly string[] HarmlessSections = ["Logging", "Shutdown", "Timers"];

    /// <summary>Reads the settings.</summary>
    /// <param name="dataDirectory">What <c>--data</c> said; null when it was not given.</param>
    /// <exception cref="InvalidDataException">A settings file is not readable.</exception>
    public static IConfiguration Load(string? dataDirectory)
    {
        var own = dataDirectory is null ? [] : ReadFile(dataDirectory);
        var builder = new ConfigurationBuilder();
        if (own.Any(setting => setting.Key == DemoMark))
        {
            builder.AddInMemoryCollection(own).AddInMemoryCollection(ReadHarmless());
        }
        else
        {
            builder.AddInMemoryCollection(ReadFile(".")).AddInMemoryCollection(own).AddEnvironmentVariables();
        }

        if (dataDirectory is not null)
        {
            builder.AddInMemoryCollection([new(DirectoryKey, dataDirectory)]);
        }

        return builder.Build();
    }

    /// <summary>The settings of a folder's own file; none when it has no such file, or an empty one.</summary>
    /// <exception cref="InvalidDataException">The file is not readable, or has a setting twice.</exception>
    public static List<KeyValuePair<string, string?>> ReadFile(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (FindText(path) is not { } text)
        {
            return [];
        }

        var settings = Parse(path, text);
        var twice = settings.GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(named => named.Skip(1).Any());
        return twice is null
            ? settings
            : throw new InvalidDataException($"'{path}' has the setting '{twice.Key}' more than once. Keep one of them; '__' is another spelling of ':'.");
    }

    /// <summary>Whether a folder has a settings file with something in it.</summary>
    public static bool HasFile(string directory) => FindText(Path.Combine(directory, FileName)) is not null;

    private static string? FindText(string path) =>
        File.Exists(path) && File.ReadAllText(path) is var text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static List<KeyValuePair<string, string?>> Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.GetProperty("Values").EnumerateObject()
                .Select(setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value.ToString()))
                .ToList();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a settings file: it must be JSON with an object 'Values' of texts.", exception);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> ReadHarmless()
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return HarmlessSections.SelectMany(section => environment.GetSection(section).AsEnumerable());
    }
}
