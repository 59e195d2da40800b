using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace TraderHub.Functions.Http;

/// <summary>Turns the fields of an HTML form into the JSON that the same request would send.</summary>
internal static class FormFields
{
    /// <summary>The media type of such forms.</summary>
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The form as JSON; empty fields are left out, as browsers send those too. A field that is no single value is JSON itself.</summary>
    public static byte[] ToJson(ReadOnlySpan<byte> form, JsonTypeInfo type)
    {
        var json = new JsonObject();
        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(form)))
        {
            if (values.ToString() is { Length: > 0 } text)
            {
                json[name] = type.Properties.FirstOrDefault(property => property.Name == name) is { } known
                    ? ToValue(text, type.Options.GetTypeInfo(known.PropertyType))
                    : text;
            }
        }

        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static JsonNode? ToValue(string text, JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.None)
        {
            return ToNode(text);
        }

        if (type.Type == typeof(decimal?) && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return JsonValue.Create(number);
        }

        return type.Type == typeof(bool?) && bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : JsonValue.Create(text);
    }

    private static JsonNode? ToNode(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: RequestBody.Strict);
        }
        catch (JsonException)
        {
            // It is told as a field of the wrong shape.
            return JsonValue.Create(text);
        }
    }
}
