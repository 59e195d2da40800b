using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraderHub.LocalHost.Hosting;

/// <summary>What the embedded host takes from <c>host.json</c>, the file that the Functions host reads too.</summary>
/// <param name="RoutePrefix">Stands before every route; <c>api</c> when the file does not say, as in the Functions host.</param>
/// <param name="FunctionTimeout">How long a timer function may run.</param>
internal sealed partial record HostJson(string RoutePrefix, TimeSpan FunctionTimeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Reads the file that lies beside the executable.</summary>
    public static HostJson Load() => Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));

    /// <summary>Reads the text of such a file.</summary>
    public static HostJson Parse(string json)
    {
        var document = JsonSerializer.Deserialize(json, DocumentJson.Default.Document);
        return new HostJson(document?.Extensions?.Http?.RoutePrefix ?? "api", document?.FunctionTimeout ?? DefaultTimeout);
    }

    internal sealed record Document(TimeSpan? FunctionTimeout, Extensions? Extensions);

    internal sealed record Extensions(HttpSection? Http);

    internal sealed record HttpSection(string? RoutePrefix);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class DocumentJson : JsonSerializerContext;
}
