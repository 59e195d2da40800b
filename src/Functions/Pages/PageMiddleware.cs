using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Pages;

/// <summary>Finds out who visits a page, and lets only the forms of our own pages through.</summary>
internal sealed class PageMiddleware(FunctionCatalog catalog, Authenticator authenticator, PageForms forms) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = catalog.GetHttp(context.FunctionDefinition.Name);
        if (!function.IsPage)
        {
            await next(context);
            return;
        }

        var http = context.GetHttpContext()!;
        if (AuthenticationMiddleware.IsWrite(http.Request) && await forms.ReadAsync(http.Request) is { } refusal)
        {
            await refusal.ToProblem().ExecuteAsync(http);
            return;
        }

        if (function.Caller == Caller.Anybody && await authenticator.FindVisitorAsync(http) is { } visitor)
        {
            http.SetIdentity(visitor);
        }

        await next(context);
    }
}
