using System.Text.Json.Serialization;

namespace TraderHub.Functions.Operations;

/// <summary>The answer of <c>GET /health</c>.</summary>
/// <param name="Status"><c>ok</c> or <c>draining</c>.</param>
public sealed record Liveness(string Status);

/// <summary>The body of <c>POST /signin/operator</c>.</summary>
/// <param name="Token">The setting <c>Auth:AdminToken</c>.</param>
public sealed record OperatorSignIn(string Token);

/// <summary>Writes what operators read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(OperatorSignIn))]
internal sealed partial class OperationsJson : JsonSerializerContext;
