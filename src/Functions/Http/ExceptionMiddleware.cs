using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Turns what was thrown into a problem. What its cause did not log already is logged here, once.</summary>
internal sealed partial class ExceptionMiddleware(ILogger<ExceptionMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext()!;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer, and nothing went wrong here.
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            await Problems.Interrupted().ExecuteAsync(http);
        }
        catch (Exception exception)
        {
            // The last line: whatever it is, the caller gets an answer and the log its cause.
            if (exception is not (UpstreamException or StorageException or KeyValueException or KeyValueRefusedException or UnavailableException or BadHttpRequestException))
            {
                LogUnexpected(context.FunctionDefinition.Name, exception);
            }

            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            await Problems.Of(exception).ExecuteAsync(http);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed unexpectedly")]
    private partial void LogUnexpected(string function, Exception exception);
}
