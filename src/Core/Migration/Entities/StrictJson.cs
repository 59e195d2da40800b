using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TraderHub.Core.Migration.Entities;

/// <summary>
/// Reads JSON of which nothing is certain, and finds what no table can hold: JSON may spell texts that are no Unicode, and zero characters, which PostgreSQL
/// does not store.
/// </summary>
internal static class StrictJson
{
    /// <summary>Less than readers and writers take, because what is read is written again, inside of other things.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 48 };

    /// <summary>The JSON in a value; null when it is none, with the reason.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> value, out string problem)
    {
        problem = string.Empty;
        if (!Utf8.IsValid(value.Span))
        {
            problem = "The value is not UTF-8.";
            return null;
        }

        try
        {
            return JsonDocument.Parse(value, Options);
        }
        catch (JsonException exception)
        {
            problem = $"The value is no JSON that can be read: {exception.Message}";
            return null;
        }
    }

    /// <summary>Whether everything in JSON can be stored as text.</summary>
    public static bool IsStorable(JsonElement element) =>

        // Only what is spelled with a backslash can be anything else.
        !JsonMarshal.GetRawUtf8Value(element).Contains((byte)'\\') || element.ValueKind switch
        {
            JsonValueKind.String => TryGetText(element, out _),
            JsonValueKind.Array => element.EnumerateArray().All(IsStorable),
            JsonValueKind.Object => element.EnumerateObject().All(property => HasStorableName(property) && IsStorable(property.Value)),
            _ => true,
        };

    /// <summary>A text that can be stored.</summary>
    public static bool TryGetText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = element.ValueKind == JsonValueKind.String && element.GetString() is { } found && !found.Contains('\0') ? found : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
        }

        return text is not null;
    }

    /// <summary>A number as JavaScript has it: a double that is no infinity, and whose zero has no sign.</summary>
    public static bool TryGetNumber(JsonElement element, out double number)
    {
        number = 0;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out var found) || !double.IsFinite(found))
        {
            return false;
        }

        number = found == 0 ? 0 : found;
        return true;
    }

    /// <summary>JSON without white space, always the same for the same JSON.</summary>
    public static string Compact(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            element.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool HasStorableName(JsonProperty property)
    {
        try
        {
            return !property.Name.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
