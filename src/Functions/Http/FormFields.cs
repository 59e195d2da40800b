using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Turns the fields of an HTML form into the JSON that the same request would send.</summary>
internal static class FormFields
{
    /// <summary>The media type of such forms.</summary>
    public const string MediaType = "application/x-www-form-urlencoded";

    private const string NotAForm = "is sent as a form and is none: each part must be a name, '=' and a value. JSON needs the header Content-Type: application/json.";

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

        if (!Utf8.IsValid(form))
        {
            errors.Add("body", "is not UTF-8.");
            return errors.ToError();
        }

        foreach (var part in Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            // What has no '=' is not a field without a value: it is JSON, or anything else, that was sent under a client's default type.
            if (part.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
            {
                errors.Require(condition: false, "body", NotAForm);
                continue;
            }

            var name = PercentEncoding.DecodeField(part[..equals]);
            var value = PercentEncoding.DecodeField(part[(equals + 1)..]);
            if (name is null || value is null)
            {
                errors.Add(name ?? part[..equals], PercentEncoding.Problem);
            }
            else if ((PlainText.FindProblem(name) ?? PlainText.FindProblem(value, hasLines: true)) is { } problem)
            {
                errors.Add(name, problem);
            }
            else if (!fields.TryAdd(name, value))
            {
                errors.Require(condition: false, name, "must be given once.");
            }
        }

        errors.Require(form.IsEmpty || fields.Count > 0 || !errors.IsEmpty, "body", NotAForm);
        return errors.IsEmpty ? fields : errors.ToError();
    }

    /// <summary>
    /// The fields as JSON; known ones that are empty are left out, as browsers send those too. A field that is no text is JSON itself, so that numbers are
    /// spelled as there.
    /// </summary>
    public static byte[] ToJson(IEnumerable<KeyValuePair<string, StringValues>> fields, JsonTypeInfo type)
    {
        var json = new JsonObject();
        foreach (var (name, values) in fields)
        {
            var (text, known) = (values.ToString(), type.Properties.FirstOrDefault(property => property.Name == name));
            if (text.Length > 0 || known is null)
            {
                json[name] = known is not null && known.PropertyType != typeof(string) ? ToNode(text) : text;
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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // It is told as a field of the wrong shape. The second is told of names that are no Unicode.
            return JsonValue.Create(text);
        }
    }
}
