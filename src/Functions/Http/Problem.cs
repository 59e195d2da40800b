using System.Text.Json.Serialization;

namespace TraderHub.Functions.Http;

/// <summary>A refusal or failure as RFC 9457 has it, with what TraderHub's clients rely on.</summary>
/// <param name="Type">Names the kind of problem; equal for equal codes.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time, and how to mend it.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="TraceId">Names this request in the logs.</param>
/// <param name="Code">Stable, UPPER_SNAKE; clients switch on it.</param>
/// <param name="Errors">The problems of single fields.</param>
/// <param name="Details">What another system said of it, in its own words.</param>
/// <param name="Success">Always false: what clients of the origin systems look at.</param>
/// <param name="Error">The detail again, where clients of the origin systems look for it.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string TraceId,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Details,
    bool Success,
    string Error);

/// <summary>Writes problems.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
