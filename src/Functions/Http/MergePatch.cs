using System.Text.Json.Nodes;

namespace TraderHub.Functions.Http;

/// <summary>Changes JSON as RFC 7396 has it: what a patch names is replaced, objects field by field; null deletes; the rest stays.</summary>
internal static class MergePatch
{
    /// <summary>The media type of such patches.</summary>
    public const string MediaType = "application/merge-patch+json";

    /// <summary>A value after a patch; neither of them is changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject ? (JsonObject)target.DeepClone() : [];
        foreach (var (name, change) in changes)
        {
            var patched = Apply(result[name], change);
            result.Remove(name);
            if (change is not null)
            {
                result[name] = patched;
            }
        }

        return result;
    }
}
