using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TraderHub.Functions.Http;

/// <summary>
/// Sends the function's answer while the rest of the middleware still stands around it. Left to itself, the worker sends it after all middleware has
/// returned, where a failure is an empty 500, no log line knows the status, and the answer travels to the host a second time as a return value.
/// </summary>
internal sealed class ResultMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        var returned = context.GetInvocationResult();
        if (returned.Value is IResult answer)
        {
            returned.Value = null;
            await answer.ExecuteAsync(context.GetHttpContext()!);
        }
    }
}
