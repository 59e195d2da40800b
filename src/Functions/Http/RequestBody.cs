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
    /// <summary>How JSON of callers is read.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly byte[] NoFields = "{}"u8.ToArray();

    /// <summary>A JSON body, or the same fields as an HTML form.</summary>
    public static async Task<Result<T>> ReadJsonOrFormAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await ReadFieldsAsync(request, type, cancellationToken);
        return ContractOf(body, type);
    }

    /// <summary>The same where a request without a body says as much as one without fields.</summary>
    public static async Task<Result<T>> ReadOptionalAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await ReadFieldsAsync(request, type, cancellationToken, isOptional: true);
        return ContractOf(body, type);
    }

    /// <summary>
    /// The same for a reader who has more to say about the fields than their shape, or to whom it matters whether one is absent or null: what has the
    /// right shape, and the problems of the rest.
    /// </summary>
    public static async Task<Result<CheckedBody>> ReadFieldsAsync(
        HttpRequest request, JsonTypeInfo type, CancellationToken cancellationToken, bool isOptional = false)
    {
        var body = await ReadAsync(request, cancellationToken);
        return body.Match(bytes => Parse(request, isOptional, bytes, type), refusal => refusal);
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

    /// <summary>What a body is said to be; null where that is unknown, or in an encoding that is not read.</summary>
    private static MediaTypeHeaderValue? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) && (!parsed.Charset.HasValue || IsUtf8(parsed.Charset)) ? parsed : null;

    private static bool IsUtf8(StringSegment charset) => HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool IsForm(MediaTypeHeaderValue? mediaType) => mediaType?.MediaType.Equals(FormFields.MediaType, StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsJson(MediaTypeHeaderValue? mediaType) =>
        mediaType is not null
        && (mediaType.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes of a body; a refusal when there are more than the limit, or they are compressed.</summary>
    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return new Error(
                ErrorKind.UnsupportedMediaType,
                "UNSUPPORTED_MEDIA_TYPE",
                "The body is compressed, and is read only as it is. Send it without the header Content-Encoding.");
        }

        var limit = request.BodyLimit();
        if (request.ContentLength > limit)
        {
            return TooLarge(limit);
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
            if (buffer.WrittenCount > limit)
            {
                return TooLarge(limit);
            }
        }
    }

    /// <summary>Text without the mark that some editors and shells put before it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;

    private static Result<CheckedBody> Parse(HttpRequest request, bool isOptional, ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        // Who sends nothing need not say what it is.
        if (body.IsEmpty)
        {
            return isOptional ? Parse(NoFields, type) : new Error(ErrorKind.Invalid, "BODY_MISSING", "The body is empty; send a JSON object.");
        }

        var mediaType = MediaTypeOf(request);
        return IsJson(mediaType) ? Parse(WithoutMark(body), type)
            : IsForm(mediaType) ? FormFields.Parse(body.Span).Match(fields => Parse(FormFields.ToJson(fields, type), type), refusal => refusal)
            : NotReadAs($"application/json or {FormFields.MediaType}", request);
    }

    private static Result<CheckedBody> Parse(ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", "The body is not UTF-8.");
        }

        try
        {
            var errors = new FieldErrors();
            return new CheckedBody(JsonShape.Check(JsonElement.Parse(body.Span, Strict), type, string.Empty, errors), errors);
        }
        catch (JsonException exception)
        {
            var where = exception.LineNumber is { } line
                ? $"something is wrong at line {line + 1}, byte {exception.BytePositionInLine + 1}"
                : "a field stands in it twice";
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", $"The body is not valid JSON: {where}.");
        }
        catch (InvalidOperationException)
        {
            // Told of names that are compared with each other.
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", $"The body is not valid JSON: a name in it {PlainText.HalfCharacter}");
        }
    }

    private static Error NotReadAs(string readable, HttpRequest request)
    {
        const int Longest = 100;
        var sent = request.ContentType is { Length: > 0 } type ? $"not as '{PlainText.Quote(type, Longest)}'" : "and the request does not say what it is";
        return new(ErrorKind.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", $"The body is read as {readable} in UTF-8, {sent}. Set the header Content-Type.");
    }

    private static Error TooLarge(int limit) =>
        new(ErrorKind.TooLarge, "BODY_TOO_LARGE", $"The body is larger than {limit / 1024} KiB, the most that is read here.");
}

/// <summary>A body whose shape was looked at.</summary>
/// <param name="Fields">What has the right shape; null when that is nothing.</param>
/// <param name="Errors">The problems of the rest.</param>
internal sealed record CheckedBody(JsonNode? Fields, FieldErrors Errors);
