using System.Text.Json.Serialization;

namespace TraderHub.Functions.Pages;

/// <summary>The form of <c>POST /timezone</c>.</summary>
/// <param name="ZoneId">An IANA zone.</param>
public sealed record ZoneChoice(string ZoneId);

/// <summary>The form of <c>POST /theme</c>.</summary>
/// <param name="Theme"><c>auto</c>, <c>light</c> or <c>dark</c>.</param>
public sealed record ThemeChoice(string Theme);

/// <summary>Reads the forms of pages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ZoneChoice))]
[JsonSerializable(typeof(ThemeChoice))]
internal sealed partial class PagesJson : JsonSerializerContext;
