using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraderHub.Data.Jobs;

/// <summary>Lists of texts in JSON columns.</summary>
internal static class JsonTexts
{
    /// <summary>A list as it is stored; null when it is empty.</summary>
    public static string? Write(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : JsonSerializer.Serialize(texts, JsonTextsJson.Default.IReadOnlyListString);

    /// <summary>What is stored as a list. Other writers stored a plain text there: then that is the one text.</summary>
    public static IReadOnlyList<string> Read(string? stored)
    {
        if (stored is null)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(stored, JsonTextsJson.Default.IReadOnlyListString) ?? [];
        }
        catch (JsonException)
        {
            return [stored];
        }
    }
}

[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class JsonTextsJson : JsonSerializerContext;
