using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Http;

/// <summary>Gives every answer its request id and security headers, and every request its line in the log.</summary>
internal sealed partial class RequestMiddleware(SignInOptions site, TimeProvider clock, ILogger<RequestMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const string RequestIdHeader = "X-Request-ID";

    private const int LongestRequestId = 128;

    private static readonly SearchValues<char> RequestIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>What follows it lets a browser in (rule A12).</summary>
    private const string CodePath = "/signin/code/";

    private static readonly Func<ILogger, string, string, IDisposable?> BeginScope =
        LoggerMessage.DefineScope<string, string>("{RequestId} {Function}");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        var requestId = RequestIdOf(http.Request);
        http.TraceIdentifier = requestId;
        SetHeaders(http, requestId);

        var function = context.FunctionDefinition.Name;
        var started = clock.GetTimestamp();
        using var activity = StartActivity(http.Request);
        using var scope = BeginScope(logger, requestId, function);
        await next(context);
        Log(http, function, clock.GetElapsedTime(started));
    }

    private static string RequestIdOf(HttpRequest request)
    {
        var sent = request.Headers[RequestIdHeader].ToString();
        return sent.Length is > 0 and <= LongestRequestId && !sent.AsSpan().ContainsAnyExcept(RequestIdCharacters)
            ? sent
            : RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    private void SetHeaders(HttpContext http, string requestId)
    {
        var headers = http.Response.Headers;
        headers[RequestIdHeader] = requestId;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (site.IsPublic)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    /// <summary>The caller's trace goes on here; without one a new trace begins. Where the host traces by itself, that is the trace.</summary>
    private static Activity? StartActivity(HttpRequest request)
    {
        if (Activity.Current is not null)
        {
            return null;
        }

        var activity = new Activity("TraderHub.HttpRequest");
        if (ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out _))
        {
            activity.SetParentId(request.Headers.TraceParent!);
            activity.TraceStateString = request.Headers.TraceState;
        }

        return activity.Start();
    }

    private void Log(HttpContext http, string function, TimeSpan elapsed)
    {
        var status = http.RequestAborted.IsCancellationRequested ? StatusCodes.Status499ClientClosedRequest : http.Response.StatusCode;
        var level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Information;

        // Probes come every few seconds and say nothing when they succeed.
        if (function == nameof(Operations.HealthFunctions.Health) && level == LogLevel.Information)
        {
            level = LogLevel.Debug;
        }

        var path = PathFor(http.Request.Path.Value ?? string.Empty);
        var elapsedMs = elapsed.TotalMilliseconds;
        LogRequest(level, http.Request.Method, path, status, elapsedMs, http.TraceIdentifier);
    }

    /// <summary>The path without the one secret that paths carry.</summary>
    private static string PathFor(string path) => path.StartsWith(CodePath, StringComparison.OrdinalIgnoreCase) ? $"{CodePath}..." : path;

    [LoggerMessage(Message = "{Method} {Path} answered {Status} in {ElapsedMs:0.0} ms (request {RequestId})")]
    private partial void LogRequest(LogLevel level, string method, string path, int status, double elapsedMs, string requestId);
}
