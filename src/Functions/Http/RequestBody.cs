using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Reads request bodies: never more than the limit, and with every problem of the fields in one answer.</summary>
internal static class RequestBody
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>How JSON of callers is read.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>A JSON body, or the same fields as an HTML form.</summary>
    public static async Task<Result<T>> ReadJsonOrFormAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await ReadFieldsAsync(request, type, cancellationToken);
        return ContractOf(body, type);
    }

    /// <summary>The same where a request without a body says as much as one without fields.</summary>
    public static async Task<Result<T>> ReadOptionalAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request, cancellationToken);
        return body.Match(
            bytes => ContractOf(bytes.IsEmpty ? Parse("{}"u8.ToArray(), type) : Parse(request, bytes, type), type),
            refusal => refusal);
    }

    /// <summary>
    /// The same for a reader who has more to say about the fields than their shape, or to whom it matters whether one is absent or null: what has the
    /// right shape, and the problems of the rest.
    /// </summary>
    public static async Task<Result<CheckedBody>> ReadFieldsAsync(HttpRequest request, JsonTypeInfo type, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request, cancellationToken);
        return body.Match(bytes => Parse(request, bytes, type), refusal => refusal);
    }

    /// <summary>The fields of an HTML form; a refusal when the body is none.</summary>
    public static async Task<Result<Dictionary<string, StringValues>>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsForm(MediaTypeOf(request)))
        {
            return NotReadAs(FormFields.MediaType, request);
        }

        var body = await ReadAsync(request, cancellationToken);
        return body.Error is { } refusal ? refusal : FormFields.Parse(body.Value.Span);
    }

    /// <summary>The fields of an HTML form as a contract.</summary>
    public static Result<T> ReadFields<T>(IEnumerable<KeyValuePair<string, StringValues>> fields, JsonTypeInfo<T> type) =>
        ContractOf(Parse(FormFields.ToJson(fields, type), type), type);

    private static Result<T> ContractOf<T>(Result<CheckedBody> body, JsonTypeInfo<T> type) =>
        body.Match<Result<T>>(read => read.Errors.IsEmpty ? read.Fields.Deserialize(type)! : read.Errors.ToError(), error => error);

    private static MediaTypeHeaderValue? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;

    private static bool IsForm(MediaTypeHeaderValue? mediaType) => mediaType?.MediaType.Equals(FormFields.MediaType, StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsJson(MediaTypeHeaderValue? mediaType) =>
        mediaType is not null
        && (mediaType.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes of a body; a refusal when there are more than the limit.</summary>
    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit)
        {
            return TooLarge();
        }

        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(), cancellationToken);
            if (read == 0)
            {
                return (ReadOnlyMemory<byte>)buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > Limit)
            {
                return TooLarge();
            }
        }
    }

    private static Result<CheckedBody> Parse(HttpRequest request, ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        var mediaType = MediaTypeOf(request);
        return IsJson(mediaType) ? Parse(body, type)
            : IsForm(mediaType) ? Parse(FormFields.ToJson(FormFields.Parse(body.Span), type), type)
            : NotReadAs($"application/json or {FormFields.MediaType}", request);
    }

    private static Result<CheckedBody> Parse(ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        if (body.IsEmpty)
        {
            return new Error(ErrorKind.Invalid, "BODY_MISSING", "The body is empty; send a JSON object.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", "The body is not UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var errors = new FieldErrors();
            return new CheckedBody(JsonShape.Check(document.RootElement.Clone(), type, string.Empty, errors), errors);
        }
        catch (JsonException exception)
        {
            var where = exception.LineNumber is { } line
                ? $"something is wrong at line {line + 1}, byte {exception.BytePositionInLine + 1}"
                : "a field stands in it twice";
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", $"The body is not valid JSON: {where}.");
        }
    }

    private static Error NotReadAs(string readable, HttpRequest request)
    {
        var sent = string.IsNullOrEmpty(request.ContentType) ? "and the request does not say what it is" : $"not as '{request.ContentType}'";
        return new(ErrorKind.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", $"The body is read as {readable}, {sent}. Set the header Content-Type.");
    }

    private static Error TooLarge() => new(ErrorKind.TooLarge, "BODY_TOO_LARGE", $"The body is larger than {Limit / 1024} KiB, the most that is read here.");
}

/// <summary>A body whose shape was looked at.</summary>
/// <param name="Fields">What has the right shape; null when that is nothing.</param>
/// <param name="Errors">The problems of the rest.</param>
internal sealed record CheckedBody(JsonNode? Fields, FieldErrors Errors);
