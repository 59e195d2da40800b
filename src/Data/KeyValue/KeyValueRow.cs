using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;

namespace TraderHub.Data.KeyValue;

/// <summary>
/// A key in an import or export file: <c>{name, value, expiration?, metadata?}</c>, and <c>base64: true</c> where the value is no text. Wrangler's bulk files have
/// <c>key</c> for <c>name</c>, and may have <c>expiration_ttl</c>, which counts from now and before <c>expiration</c>.
/// </summary>
public sealed record KeyValueRow(string Name, KeyValueEntry Entry)
{
    /// <summary>Some three thousand years, in seconds: from any time now it ends within the calendar.</summary>
    private const long LongestLife = 100_000_000_000;

    private const string NotAField = "is not a field here, or not what it must be: "
        + "name (or key) and value are texts, expiration unix seconds, expiration_ttl seconds, base64 a boolean.";

    private const string NoUnicode = "is no valid Unicode.";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a row; every field that is wrong is named.</summary>
    public static Result<KeyValueRow> Read(JsonElement row, Instant now)
    {
        var errors = new FieldErrors();
        if (row.ValueKind != JsonValueKind.Object)
        {
            errors.Add("row", "is not an object.");
            return errors.ToError();
        }

        var (name, value, isBase64, expiration, life, metadata) = ((string?)null, (string?)null, false, (Instant?)null, (Duration?)null, (string?)null);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in row.EnumerateObject())
        {
            if (NameOf(field, errors) is not { } fieldName)
            {
                continue;
            }

            if (!seen.Add(fieldName == "key" ? "name" : fieldName))
            {
                errors.Add(fieldName, "comes twice in the row; key is another word for name.");
            }

            switch (fieldName, field.Value.ValueKind)
            {
                case ("name" or "key", JsonValueKind.String):
                    name = TextOf(fieldName, field.Value, errors);
                    break;
                case ("value", JsonValueKind.String):
                    value = TextOf(fieldName, field.Value, errors);
                    break;
                case ("base64", JsonValueKind.True or JsonValueKind.False):
                    isBase64 = field.Value.GetBoolean();
                    break;
                case ("expiration", JsonValueKind.Number) when SecondsOf(field) is { } seconds:
                    expiration = Instant.FromUnixTimeSeconds(seconds);
                    break;
                case ("expiration_ttl", JsonValueKind.Number) when SecondsOf(field) is < LongestLife and var seconds:
                    life = Duration.FromSeconds(seconds);
                    break;
                case ("metadata", _):
                    metadata = field.Value.ValueKind == JsonValueKind.Null ? null : CompactOf(field.Value, errors);
                    break;
                case ("expiration" or "expiration_ttl" or "base64", JsonValueKind.Null):
                    break;
                default:
                    errors.Add(fieldName, NotAField);
                    break;
            }
        }

        var bytes = BytesOf(value, isBase64, errors);
        AddProblem(errors, "name", name is null ? "is missing." : KeyValueRules.FindProblem(name)?.Detail);
        AddProblem(errors, "value", KeyValueRules.FindProblem(bytes)?.Detail);
        AddProblem(errors, "expiration_ttl", KeyValueRules.FindProblem(new PutOptions(TimeToLive: life), now)?.Detail);
        AddProblem(errors, "metadata", KeyValueRules.FindProblem(new PutOptions(metadata), default)?.Detail);
        return errors.IsEmpty ? new KeyValueRow(name!, new KeyValueEntry(bytes, metadata, life is { } left ? now + left : expiration)) : errors.ToError();
    }

    /// <summary>A writer that leaves letters of all scripts as they are.</summary>
    public static Utf8JsonWriter WriterTo(Stream output) => new(output, Readable);

    /// <summary>Writes a row.</summary>
    public static void Write(Utf8JsonWriter json, string name, KeyValueEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        try
        {
            json.WriteString("value", Utf8.GetString(entry.Value.Span));
        }
        catch (DecoderFallbackException)
        {
            // The bytes are no text.
            json.WriteBase64String("value", entry.Value.Span);
            json.WriteBoolean("base64", true);
        }

        WriteBeside(json, entry.Expiration, entry.Metadata);
        json.WriteEndObject();
    }

    /// <summary>Writes what is kept beside a value, where there is something.</summary>
    public static void WriteBeside(Utf8JsonWriter json, Instant? expiration, string? metadata)
    {
        if (expiration is { } end)
        {
            json.WriteNumber("expiration", end.ToUnixTimeSeconds());
        }

        if (metadata is not null)
        {
            json.WritePropertyName("metadata");
            json.WriteRawValue(metadata);
        }
    }

    private static string? NameOf(JsonProperty field, FieldErrors errors)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            errors.Add(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(field)), NoUnicode);
            return null;
        }
    }

    private static string? TextOf(string name, JsonElement text, FieldErrors errors)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            errors.Add(name, NoUnicode);
            return string.Empty;
        }
    }

    /// <summary>Whole seconds up to the year 9999, also where they are written as <c>60.0</c>; null when they are something else.</summary>
    private static long? SecondsOf(JsonProperty field) =>
        field.Value.TryGetDecimal(out var seconds) && seconds is > 0 and < 253_402_300_800 && decimal.IsInteger(seconds) ? (long)seconds : null;

    private static byte[] BytesOf(string? value, bool isBase64, FieldErrors errors)
    {
        try
        {
            AddProblem(errors, "value", value is null ? "is missing." : null);
            return isBase64 ? Convert.FromBase64String(value ?? string.Empty) : Utf8.GetBytes(value ?? string.Empty);
        }
        catch (FormatException)
        {
            errors.Add("value", "is not Base64, as base64 says.");
            return [];
        }
    }

    private static string? CompactOf(JsonElement metadata, FieldErrors errors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Readable);
        try
        {
            metadata.WriteTo(json);
            json.Flush();
        }
        catch (InvalidOperationException)
        {
            errors.Add("metadata", NoUnicode);
            return null;
        }

        // A writer puts U+FFFD in the place of bytes that are no character.
        if (!System.Text.Unicode.Utf8.IsValid(JsonMarshal.GetRawUtf8Value(metadata)))
        {
            errors.Add("metadata", NoUnicode);
        }

        return Utf8.GetString(buffer.WrittenSpan);
    }

    private static void AddProblem(FieldErrors errors, string field, string? problem)
    {
        if (problem is not null)
        {
            errors.Add(field, problem);
        }
    }
}
