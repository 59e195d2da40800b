using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Migration;

/// <summary>The fields of the bot's objects.</summary>
internal static class JsonFields
{
    /// <summary>The farthest moment that JavaScript has, in milliseconds from 1970.</summary>
    private const long FarthestMoment = 8_640_000_000_000_000;

    /// <summary>A field; undefined when it is not there.</summary>
    public static JsonElement Field(this JsonElement element, string name) => element.TryGetProperty(name, out var field) ? field : default;

    /// <summary>Whether a field is not there, or null.</summary>
    public static bool IsMissing(this JsonElement field) => field.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>A ticker as it is stored; null when it is none.</summary>
    public static string? Ticker(this JsonElement field) => StrictJson.TryGetText(field, out var text) ? Signals.Ticker.Normalize(text) : null;

    /// <summary>A price; null when it is none, such as a text.</summary>
    public static double? Price(this JsonElement field) => StrictJson.TryGetNumber(field, out var price) ? price : null;

    /// <summary>A moment in unix milliseconds; null when it is none.</summary>
    public static long? Moment(this JsonElement field) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var moment) && moment is >= -FarthestMoment and <= FarthestMoment ? moment : null;
}
