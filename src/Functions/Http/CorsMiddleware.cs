using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TraderHub.Functions.Http;

/// <summary>
/// Lets the pages of the allowed origins read answers, and nobody else's: an origin that is not listed gets no header, and the browser keeps the
/// answer from its page (rule H1). Preflights are answered by <see cref="UnknownRouteFunctions"/>.
/// </summary>
internal sealed class CorsMiddleware(AuthOptions options) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        var headers = http.Response.Headers;
        headers.Vary = "Origin";
        if (IsAllowed(http.Request, options))
        {
            headers.AccessControlAllowOrigin = http.Request.Headers.Origin;
            headers.AccessControlAllowCredentials = "true";
            headers.AccessControlExposeHeaders = "X-Request-ID, ETag, Retry-After, Location, Idempotency-Replayed";
        }

        return next(context);
    }

    public static bool IsAllowed(HttpRequest request, AuthOptions options) => options.AllowedOrigins.Contains(request.Headers.Origin.ToString());
}
