using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Primitives;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Turns the fields of an HTML form into the JSON that the same request would send.</summary>
internal static class FormFields
{
    /// <summary>The media type of such forms.</summary>
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The most fields of a form.</summary>
    private const int Most = 500;

    /// <summary>The fields of a form as it was sent; the refusal when it cannot be read.</summary>
    public static Result<Dictionary<string, StringValues>> Parse(ReadOnlySpan<byte> form)
    {
        var errors = new FieldErrors();
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        if (form.Count((byte)'&') >= Most)
        {
            errors.Add("body", $"must have at most {Most} fields.");
            return errors.ToError();
        }

        foreach (var part in Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? at : part.Length;
            var name = PercentEncoding.DecodeField(part[..equals]);
            var value = PercentEncoding.DecodeField(part[Math.Min(equals + 1, part.Length)..]);
            if (name is null || value is null)
            {
                errors.Add(name ?? part[..equals], PercentEncoding.Problem);
            }
            else if ((PlainText.FindProblem(name) ?? PlainText.FindProblem(value, hasLines: true)) is { } problem)
            {
                errors.Add(name, problem);
            }
            else
            {
                fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), value);
            }
        }

        return errors.IsEmpty ? fields : errors.ToError();
    }

    /// <summary>
    /// The fields as JSON; empty fields are left out, as browsers send those too. A field that is no text is JSON itself, so that numbers are spelled
    /// as there.
    /// </summary>
    public static byte[] ToJson(IEnumerable<KeyValuePair<string, StringValues>> fields, JsonTypeInfo type)
    {
        var json = new JsonObject();
        foreach (var (name, values) in fields)
        {
            if (values.ToString() is { Length: > 0 } text)
            {
                json[name] = type.Properties.FirstOrDefault(property => property.Name == name) is { } known && known.PropertyType != typeof(string)
                    ? ToNode(text)
                    : text;
            }
        }

        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static JsonNode? ToNode(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, RequestBody.Strict);
            var errors = new FieldErrors();
            JsonTexts.Check(document.RootElement, "body", errors);
            return errors.IsEmpty && document.RootElement.ValueKind != JsonValueKind.String
                ? JsonNode.Parse(document.RootElement.GetRawText(), documentOptions: RequestBody.Strict)
                : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            // It is told as a field of the wrong shape.
            return JsonValue.Create(text);
        }
    }
}
