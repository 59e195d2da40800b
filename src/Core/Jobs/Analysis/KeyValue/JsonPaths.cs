using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TraderHub.Core.Jobs.Analysis.KeyValue;

/// <summary>Walks into JSON of which nothing is certain: what is not there, or is of another kind, is null.</summary>
internal static class JsonPaths
{
    /// <summary>A property that is there and not null.</summary>
    public static JsonElement? Child(this JsonElement? parent, string name) => parent?.Child(name);

    /// <inheritdoc cref="Child(JsonElement?, string)" />
    public static JsonElement? Child(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? child : null;

    /// <summary>The first of a list.</summary>
    public static JsonElement? First(this JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : null;

    /// <summary>A text that is not empty.</summary>
    public static string? Text(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } found ? found : null;

    /// <summary>The texts of a list.</summary>
    public static List<string> Strings(this JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray().Select(item => Text(item)).OfType<string>()]
        : [];

    /// <summary>A number from 0 to 1; anything else is unknown.</summary>
    public static decimal? Fraction(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var fraction) && fraction is >= 0 and <= 1 ? fraction : null;

    /// <summary>A whole number, not below 0.</summary>
    public static long? Whole(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) && whole >= 0 ? whole : null;

    /// <summary>An object or a list as text without white space, always the same for the same JSON.</summary>
    public static string? Compact(this JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Object or JsonValueKind.Array } element)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            element.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
