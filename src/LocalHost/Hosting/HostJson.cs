using System.Globalization;
using System.Text.Json;

namespace TraderHub.LocalHost.Hosting;

/// <summary>What the embedded host takes from <c>host.json</c>, the file that the Functions host reads too.</summary>
/// <param name="RoutePrefix">Stands before every route; <c>api</c> when the file does not say, as in the Functions host.</param>
/// <param name="FunctionTimeout">How long a timer function may run.</param>
internal sealed record HostJson(string RoutePrefix, TimeSpan FunctionTimeout)
{
    private const string DefaultPrefix = "api";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the file that lies beside the executable.</summary>
    public static HostJson Load() => Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));

    /// <summary>Reads the text of such a file.</summary>
    public static HostJson Parse(string json)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        return new HostJson(
            Find(document.RootElement, "extensions", "http", "routePrefix") ?? DefaultPrefix,
            Find(document.RootElement, "functionTimeout") is { } timeout ? TimeSpan.Parse(timeout, CultureInfo.InvariantCulture) : DefaultTimeout);
    }

    private static string? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (!element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.GetString();
    }
}
