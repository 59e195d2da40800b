using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TraderHub.Functions.Http;

/// <summary>
/// An answer whose bytes are there before it is sent. Sent compressed are bodies that are kept, and JSON that was asked for without a cookie: where a
/// browser sends its cookie by itself, the size of a compressed answer would tell a foreign page what stands in it (BREACH).
/// </summary>
internal sealed class BytesResult(byte[] body, int status, string contentType, string? etag, KeptBody? kept = null, bool isForGood = false) : IResult
{
    private const int SmallestCompressed = 1024;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.StatusCode = status;
        string? coding = null;
        if (IsCompressible(request))
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            coding = ContentCoding.ChosenBy(request);
        }

        if (etag is not null)
        {
            response.SetEntityTag(etag, coding);
            response.Headers.CacheControl = isForGood ? "public, max-age=31536000, immutable" : response.Headers.CacheControl;
            if (request.HasEntity(etag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        return SendAsync(httpContext, coding);
    }

    private Task SendAsync(HttpContext httpContext, string? coding)
    {
        var response = httpContext.Response;
        var sent = body;
        if (coding is not null)
        {
            sent = kept?.In(coding) ?? ContentCoding.Encode(body, coding, CompressionLevel.Fastest);
            response.Headers.ContentEncoding = coding;
        }

        response.ContentType = contentType;
        response.ContentLength = sent.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(sent, httpContext.RequestAborted).AsTask();
    }

    private bool IsCompressible(HttpRequest request) => body.Length >= SmallestCompressed
        && (kept is not null || (contentType.Contains("json", StringComparison.Ordinal) && request.Headers.Cookie.Count == 0));
}
