using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraderHub.Core.Platform;

/// <summary>JSON that is passed on as it is stored.</summary>
/// <param name="Text">The JSON; a text that is none is passed on as a JSON string, so that what another system stored is not lost.</param>
[JsonConverter(typeof(JsonTextConverter))]
public readonly record struct JsonText(string Text)
{
    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Text.StartsWith('{');

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Text.StartsWith('[');

    /// <summary>The JSON of a column.</summary>
    public static JsonText? From(string? stored) => stored is null ? null : new(stored);
}

/// <summary>Reads and writes JSON within JSON.</summary>
public sealed class JsonTextConverter : JsonConverter<JsonText>
{
    /// <inheritdoc />
    public override JsonText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new(document.RootElement.GetRawText());
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, JsonText value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        try
        {
            // It is checked before anything is written.
            writer.WriteRawValue(value.Text);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
