using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using TraderHub.Functions.Http;

namespace TraderHub.LocalHost.Hosting;

/// <summary>
/// Takes each request to its function. As in the official worker, a result that no middleware has taken is sent after all of it has returned, and what
/// escapes the middleware is an empty 500.
/// </summary>
internal sealed partial class HttpDispatcher
{
    private readonly FunctionRoutes routes;
    private readonly ILogger<HttpDispatcher> logger;
    private readonly FunctionExecutionDelegate run;
    private readonly Dictionary<HttpFunction, LocalFunctionDefinition> definitions;
    private int running;

    public HttpDispatcher(
        FunctionCatalog catalog, FunctionRoutes routes, WorkerPipeline pipeline, IFunctionExecutor executor, ILogger<HttpDispatcher> logger)
    {
        this.routes = routes;
        this.logger = logger;
        run = pipeline.Build(executor);
        definitions = catalog.Http.ToDictionary(
            function => function, function => new LocalFunctionDefinition(function.Name, function.Method, "httpTrigger"));
    }

    /// <summary>How many requests are being answered.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Answers a request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        Interlocked.Increment(ref running);
        try
        {
            await AnswerAsync(http);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (!routes.TryMatch(http.Request.Path, http.Request.Method, out var function, out var values))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Request.RouteValues = values;
        var context = new LocalFunctionContext(definitions[function], http.RequestServices, http.RequestAborted);
        context.Items[LocalFunctionContext.HttpContextKey] = http;
        try
        {
            await run(context);
            if (context.GetInvocationResult().Value is IResult result)
            {
                await result.ExecuteAsync(http);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            // Past all middleware: the worker answers this, whatever it is, with an empty 500.
            LogEscaped(function.Name, exception);
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} threw past all middleware")]
    private partial void LogEscaped(string function, Exception exception);
}
