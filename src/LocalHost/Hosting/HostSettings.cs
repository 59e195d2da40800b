using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TraderHub.LocalHost.Hosting;

/// <summary>
/// The settings of the embedded host, strongest first: the command line, the environment, <c>local.settings.json</c> in the data folder, the same
/// file in the working directory.
/// </summary>
internal static class HostSettings
{
    /// <summary>The name of a settings file.</summary>
    public const string FileName = "local.settings.json";

    private const string DirectoryKey = "Database:Directory";

    /// <summary>Reads the settings.</summary>
    /// <param name="dataDirectory">What <c>--data</c> said; null when it was not given.</param>
    /// <exception cref="InvalidDataException">A settings file is not readable.</exception>
    public static IConfiguration Load(string? dataDirectory)
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(ReadFile(FileName));
        if (dataDirectory is not null)
        {
            builder.AddInMemoryCollection(ReadFile(Path.Combine(dataDirectory, FileName)));
        }

        builder.AddEnvironmentVariables();
        if (dataDirectory is not null)
        {
            builder.AddInMemoryCollection([new(DirectoryKey, dataDirectory)]);
        }

        return builder.Build();
    }

    private static List<KeyValuePair<string, string?>> ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.GetProperty("Values").EnumerateObject()
                .Select(setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value.ToString()))
                .ToList();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a settings file: it must be JSON with an object 'Values' of texts.", exception);
        }
    }
}
