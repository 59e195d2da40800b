using System.Text.Json.Serialization;

namespace TraderHub.Functions.Migration;

/// <summary>An operation as it is kept.</summary>
/// <param name="Answer">How it goes.</param>
/// <param name="BodyHash">What was asked.</param>
internal sealed record KeptOperation(OperationAnswer Answer, string BodyHash);

/// <summary>How operations are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptOperation))]
internal sealed partial class OperationJson : JsonSerializerContext;
