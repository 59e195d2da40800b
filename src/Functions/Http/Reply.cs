using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>Answers that functions give.</summary>
internal static class Reply
{
    /// <summary>The media type of our JSON.</summary>
    public const string JsonType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // Answers are JSON with 'nosniff', never put into HTML: names and apostrophes stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value as JSON. With a version, a caller who has it already is told so instead: 304.</summary>
    public static IResult Json<T>(
        T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK, string contentType = JsonType, string? etag = null) =>
        Bytes(Write(value, type), contentType, status, etag);

    /// <summary>A value as JSON whose version is what it says: a caller who has the same already is told so, 304.</summary>
    public static IResult VersionedJson<T>(T value, JsonTypeInfo<T> type)
    {
        var body = Write(value, type);
        return Bytes(body, JsonType, etag: EntityTags.Of(body));
    }

    /// <summary>Bytes as they are.</summary>
    public static IResult Bytes(byte[] body, string contentType, int status = StatusCodes.Status200OK, string? etag = null) =>
        new BytesResult(body, status, contentType, etag);

    /// <summary>Bytes that are the same for everybody, until the next start.</summary>
    public static IResult Kept(KeptBody body, string contentType) => new BytesResult(
        body.Plain, StatusCodes.Status200OK, contentType, EntityTags.Of(body.Plain), body);

    /// <summary>A file whose URL names its content: nobody needs to ask for it twice (rule W2).</summary>
    public static IResult ForGood(KeptBody body, string contentType, string etag) =>
        new BytesResult(body.Plain, StatusCodes.Status200OK, contentType, etag, body, isForGood: true);

    /// <summary>A page whose style is written in it. The page may show that style, and fetch, run and send nothing.</summary>
    public static IResult Html(KeptBody page, string style)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        return new HtmlResult(
            Kept(page, "text/html; charset=utf-8"),
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    /// <summary>A page of ours with our own files, which may send its forms here and nowhere else (rule W1).</summary>
    public static IResult Page(byte[] page, int status) => new HtmlResult(
        Bytes(page, "text/html; charset=utf-8", status),
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <summary>The browser goes on to a page of ours.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>No content.</summary>
    public static IResult NoContent() => Results.NoContent();

    /// <summary>Written here, not while sending: what cannot be written is an error while there is still somebody to catch it.</summary>
    private static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return buffer.ToArray();
    }

    private sealed class HtmlResult(IResult page, string contentSecurityPolicy) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ContentSecurityPolicy = contentSecurityPolicy;
            return page.ExecuteAsync(httpContext);
        }
    }

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
