using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NodaTime;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Data.Worktime.SignIn;

/// <summary>Developers' tokens as JSON Web Tokens: HS256 and nothing else, from this server and for it (rule G1).</summary>
internal sealed class JwtDeveloperTokens : IDeveloperTokens
{
    private const string Issuer = "TraderHub";

    private const string Audience = "TraderHub worktime";

    private const int LongestToken = 2048;

    private const int SignedParts = 3;

    /// <summary>How many tokens that were found right are remembered; then it begins anew.</summary>
    private const int MostRemembered = 5_000;

    private readonly SigningCredentials? credentials;
    private readonly TokenValidationParameters? parameters;

    // Its own times come from the system's clock, and would make each text another one.
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    // A text that is right stays right, whatever else may end it; working that out costs more than all the rest of a request.
    private readonly ConcurrentDictionary<string, DeveloperToken> remembered = new(StringComparer.Ordinal);

    public JwtDeveloperTokens(DeveloperTokenOptions options)
    {
        if (options.Secret is { } secret)
        {
            var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret));
            credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
            parameters = new TokenValidationParameters
            {
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                ValidTypes = [JwtConstants.HeaderType],
                IssuerSigningKey = key,
                ValidIssuer = Issuer,
                ValidAudience = Audience,

                // By our clock, and not for every caller: whoever refreshes a token may bring one that has expired.
                ValidateLifetime = false,
            };
        }
    }

    public string Write(DeveloperToken token)
    {
        var claims = new DeveloperClaims(
            Issuer,
            Audience,
            token.DeveloperId.ToString(CultureInfo.InvariantCulture),
            token.IssuedAt.ToUnixTimeSeconds(),
            token.ExpiresAt.ToUnixTimeSeconds(),
            token.Id,
            token.Family,
            token.DeveloperId,
            token.GitHubUserId);
        return handler.CreateToken(
            JsonSerializer.Serialize(claims, DeveloperClaimsJson.Default.DeveloperClaims),
            credentials ?? throw new InvalidOperationException($"There are no developers' tokens without the setting {DeveloperTokenOptions.Key}."));
    }

    public async ValueTask<DeveloperToken?> ReadAsync(string text)
    {
        // Encrypted tokens, which have five parts, are never looked into: the library would decrypt and unpack them before it knows whose they are.
        if (parameters is null || text.Length > LongestToken || text.Split('.') is not { Length: SignedParts } parts || !parts.All(IsCanonical))
        {
            return null;
        }

        if (remembered.TryGetValue(text, out var known))
        {
            return known;
        }

        var result = await handler.ValidateTokenAsync(text, parameters);
        return result is { IsValid: true, SecurityToken: JsonWebToken token } && Read(token) is { } found ? Remember(text, found) : null;
    }

    /// <summary>Whether a part has its one spelling: the library skips padding and bits that are left over, and one token would have many texts.</summary>
    private static bool IsCanonical(string part) =>
        Base64Url.IsValid(part) && Base64Url.EncodeToString(Base64Url.DecodeFromChars(part)) == part;

    private DeveloperToken Remember(string text, DeveloperToken token)
    {
        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        return remembered[text] = token;
    }

    private static DeveloperToken? Read(JsonWebToken token)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), DeveloperClaimsJson.Default.DeveloperClaims) is { } claims
                ? new(
                    claims.UserId,
                    claims.GitHubUserId,
                    claims.Family,
                    claims.TokenId,
                    Instant.FromUnixTimeSeconds(claims.IssuedAt),
                    Instant.FromUnixTimeSeconds(claims.ExpiresAt))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            // Signed with our secret by something else, with other claims.
            return null;
        }
    }
}
