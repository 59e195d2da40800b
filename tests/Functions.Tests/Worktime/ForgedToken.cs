using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>Tokens made by hand, so that what is accepted is not judged by the library that makes it.</summary>
internal static class ForgedToken
{
    public const string Header = """{"alg":"HS256","typ":"JWT"}""";

    /// <summary>A token with another header, other claims or another key than the one it was made from.</summary>
    public static string From(string token, string header = Header, string key = TestHost.JwtSecret, Action<JsonObject>? change = null)
    {
        var claims = ClaimsOf(token);
        change?.Invoke(claims);
        return Sign(header, claims.ToJsonString(), bytes => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), bytes));
    }

    /// <summary>A header and claims with a signature.</summary>
    public static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.UTF8.GetBytes(signed)))}";
    }

    /// <summary>What a token says.</summary>
    public static JsonObject ClaimsOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
}
