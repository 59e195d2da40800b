using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraderHub.Core.Migration.Keys;

/// <summary>A key's state as it stands in the metadata of its value in the key-value store.</summary>
public static class KeyHead
{
    /// <summary>The metadata of a state; with all operations they are well within what a store takes.</summary>
    public static string Write(KeyState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var head = new Head(state.Term, state.Version, state.DeletedAt, state.ExpiresAt, state.Operations.ToString());
        return JsonSerializer.Serialize(head, HeadJson.Default.Head);
    }

    /// <summary>The state in metadata; null when they are none of this engine's.</summary>
    public static KeyState? Read(string? metadata)
    {
        if (metadata is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(metadata, HeadJson.Default.Head) is { Term: >= 0, Version: >= 0 } head
                ? new(head.Term, head.Version, head.DeletedAt, head.ExpiresAt, OperationIds.Parse(head.Operations))
                : null;
        }
        catch (JsonException)
        {
            // Metadata of somebody else's.
            return null;
        }
    }

    internal sealed record Head(
        [property: JsonPropertyName("t"), JsonRequired] long Term,
        [property: JsonPropertyName("v"), JsonRequired] long Version,
        [property: JsonPropertyName("d")] long? DeletedAt,
        [property: JsonPropertyName("x")] long? ExpiresAt,
        [property: JsonPropertyName("ops")] string? Operations);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyHead.Head))]
internal sealed partial class HeadJson : JsonSerializerContext;
