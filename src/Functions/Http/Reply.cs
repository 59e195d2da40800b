using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>Answers that functions give.</summary>
internal static class Reply
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // Answers are JSON with 'nosniff', never put into HTML: names and apostrophes stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value as JSON.</summary>
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK, string contentType = "application/json; charset=utf-8")
    {
        // Written here, not while sending: what cannot be written is an error while there is still somebody to catch it.
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return new BytesResult(buffer.ToArray(), status, contentType);
    }

    /// <summary>No content.</summary>
    public static IResult NoContent() => Results.NoContent();

    private sealed class BytesResult(byte[] body, int status, string contentType) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = contentType;
            response.ContentLength = body.Length;
            return HttpMethods.IsHead(httpContext.Request.Method)
                ? Task.CompletedTask
                : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
