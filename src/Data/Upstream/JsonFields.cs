using System.Globalization;
using System.Text.Json;

namespace TraderHub.Data.Upstream;

/// <summary>Goes into answers of which nothing is certain: what is not there, or is something else, is null.</summary>
internal static class JsonFields
{
    public static JsonElement? Child(this JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child) ? child : null;

    public static JsonElement? First(this JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : null;

    public static JsonElement[]? Elements(this JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : null;

    public static string? Text(this JsonElement? field) => field is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A number, also one that is written as text; null when it is infinite or none.</summary>
    public static double? Number(this JsonElement? field) => field switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && double.IsFinite(value) => value,
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) => value,
        _ => null,
    };
}
