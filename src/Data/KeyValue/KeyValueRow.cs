using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;

namespace TraderHub.Data.KeyValue;

/// <summary>A key in an import or export file: <c>{name, value, expiration?, metadata?}</c>, and <c>base64: true</c> where the value is no text.</summary>
public sealed record KeyValueRow(string Name, KeyValueEntry Entry)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a row; every field that is wrong is named.</summary>
    public static Result<KeyValueRow> Read(JsonElement row)
    {
        var errors = new FieldErrors();
        if (row.ValueKind != JsonValueKind.Object)
        {
            errors.Add("row", "is not an object.");
            return errors.ToError();
        }

        var (name, value, isBase64, expiration, metadata) = ((string?)null, (string?)null, false, (Instant?)null, (string?)null);
        foreach (var field in row.EnumerateObject())
        {
            switch (field.Name, field.Value.ValueKind)
            {
                case ("name" or "key", JsonValueKind.String):
                    name = TextOf(field, errors);
                    break;
                case ("value", JsonValueKind.String):
                    value = TextOf(field, errors);
                    break;
                case ("base64", JsonValueKind.True or JsonValueKind.False):
                    isBase64 = field.Value.GetBoolean();
                    break;
                case ("expiration", JsonValueKind.Number) when field.Value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800:
                    expiration = Instant.FromUnixTimeSeconds(seconds);
                    break;
                case ("metadata", _):
                    metadata = field.Value.ValueKind == JsonValueKind.Null ? null : CompactOf(field.Value);
                    break;
                case ("expiration", JsonValueKind.Null):
                    break;
                default:
                    errors.Add(field.Name, "is not a field here, or not what it must be: name and value are texts, expiration unix seconds, base64 a boolean.");
                    break;
            }
        }

        var bytes = BytesOf(value, isBase64, errors);
        AddProblem(errors, "name", name is null ? "is missing." : KeyValueRules.FindProblem(name)?.Detail);
        AddProblem(errors, "value", KeyValueRules.FindProblem(bytes)?.Detail);
        AddProblem(errors, "metadata", KeyValueRules.FindProblem(new PutOptions(metadata), default)?.Detail);
        return errors.IsEmpty ? new KeyValueRow(name!, new KeyValueEntry(bytes, metadata, expiration)) : errors.ToError();
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

    private static string? TextOf(JsonProperty field, FieldErrors errors)
    {
        try
        {
            return field.Value.GetString();
        }
        catch (InvalidOperationException)
        {
            errors.Add(field.Name, "is no valid Unicode.");
            return string.Empty;
        }
    }

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

    private static string CompactOf(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Readable);
        element.WriteTo(json);
        json.Flush();
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
