using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Versions as HTTP has them: ETag on answers, If-None-Match and If-Match on requests.</summary>
internal static class EntityTags
{
    private static readonly string[] Forms = [$"-{ContentCoding.Brotli}", $"-{ContentCoding.Gzip}"];

    /// <summary>The version of an answer that has none of its own: it changes when the bytes do.</summary>
    public static string Of(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16));

    /// <summary>Tells the answer's version, and that the answer may be kept if it is asked for again each time. A compressed form has a tag of its own.</summary>
    public static void SetEntityTag(this HttpResponse response, string version, string? coding = null)
    {
        response.Headers.ETag = coding is null ? $"\"{version}\"" : $"\"{version}-{coding}\"";
        response.Headers.CacheControl = "private, no-cache";
    }

    /// <summary>Whether the caller of a read already has this version. What cannot be read counts as no: the caller gets the whole answer.</summary>
    public static bool HasEntity(this HttpRequest request, string version)
    {
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || VersionOf(tag) == version);
    }

    /// <summary>The version that a change rests on. Proxies that compress weaken the tags of what they pass on; they name the same version.</summary>
    public static Result<VersionCondition> IfMatch(this HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            return VersionCondition.None;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags) || (tags.Count > 1 && tags.Contains(EntityTagHeaderValue.Any)))
        {
            return new Error(
                ErrorKind.Invalid,
                "IF_MATCH_NOT_VALID",
                "The header If-Match is the ETag of the version that you read, with its quotes; a list of such with commas between; or *.");
        }

        return tags.Contains(EntityTagHeaderValue.Any)
            ? VersionCondition.Exists
            : VersionCondition.OneOf([.. tags.Select(VersionOf)]);
    }

    private static string VersionOf(EntityTagHeaderValue tag)
    {
        var version = tag.Tag.ToString()[1..^1];
        return Forms.FirstOrDefault(form => version.EndsWith(form, StringComparison.Ordinal)) is { } form ? version[..^form.Length] : version;
    }
}
