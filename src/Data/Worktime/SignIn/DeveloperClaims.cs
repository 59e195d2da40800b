using System.Text.Json.Serialization;

namespace TraderHub.Data.Worktime.SignIn;

/// <summary>The claims of a developer's token. The last two are what the extension has always read.</summary>
internal sealed record DeveloperClaims(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("jti")] string TokenId,
    [property: JsonPropertyName("family")] string Family,
    [property: JsonPropertyName("userId")] long UserId,
    [property: JsonPropertyName("githubUserId")] string GitHubUserId);

/// <summary>Reads and writes the claims: all of them have to be there.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DeveloperClaims))]
internal sealed partial class DeveloperClaimsJson : JsonSerializerContext;
