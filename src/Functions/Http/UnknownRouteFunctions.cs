using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Answers what no other function takes. The Functions host asks functions in the order of their names, so this name sorts last.</summary>
public sealed class UnknownRouteFunctions(FunctionRoutes routes, AuthOptions options)
{
    private const string SecondsToRemember = "600";

    /// <summary>An unknown path is 404, a known path with another method 405; OPTIONS on a known path tells its methods, to browsers too.</summary>
    [Function(nameof(ZzUnknownRoute))]
    [Access(Caller.Anybody)]
    public IResult ZzUnknownRoute([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        var methods = routes.MethodsOf(request.Path);
        if (methods.Count == 0)
        {
            return new Error(ErrorKind.NotFound, "ROUTE_NOT_FOUND", $"There is nothing at '{request.Path}'.").ToProblem();
        }

        var headers = request.HttpContext.Response.Headers;
        headers.Allow = string.Join(", ", methods.Append(HttpMethods.Options));
        if (HttpMethods.IsOptions(request.Method))
        {
            AllowPreflight(request, headers);
            return Reply.NoContent();
        }

        return new Error(
            ErrorKind.MethodNotAllowed,
            "METHOD_NOT_ALLOWED",
            $"'{request.Path}' does not answer {request.Method}; it answers {string.Join(", ", methods)}.").ToProblem();
    }

    private void AllowPreflight(HttpRequest request, IHeaderDictionary headers)
    {
        if (CorsMiddleware.IsAllowed(request, options))
        {
            headers.AccessControlAllowMethods = headers.Allow;
            headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-API-Key, X-Request-ID, X-Requested-With";
            headers.AccessControlMaxAge = SecondsToRemember;
        }
    }
}
