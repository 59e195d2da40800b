using System.Text.Json.Serialization;

namespace TraderHub.Functions.Operations;

/// <summary>The answer of <c>GET /health</c>.</summary>
/// <param name="Status"><c>ok</c> or <c>draining</c>.</param>
public sealed record Liveness(string Status);

/// <summary>Writes what operators read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Liveness))]
internal sealed partial class OperationsJson : JsonSerializerContext;
