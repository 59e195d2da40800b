using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>
/// Looks at the path and the query of a request before anybody else does: they are plain text (rule H5), and hold no parameter where none is read. Of
/// a query that is read, the reader refuses what it does not know, together with wrong values.
/// </summary>
internal sealed class ShapeMiddleware(FunctionCatalog catalog) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = catalog.GetHttp(context.FunctionDefinition.Name);
        var http = context.GetHttpContext()!;
        http.SetBodyLimit(function);
        if (function.Name != nameof(UnknownRouteFunctions.ZzUnknownRoute))
        {
            var errors = new FieldErrors();
            CheckPath(http, errors);
            CheckQuery(http.Request.QueryString, errors);
            RefuseParameters(function, http.Request, errors);
            if (!errors.IsEmpty)
            {
                await errors.ToError().ToProblem().ExecuteAsync(http);
                return;
            }
        }

        await next(context);
    }

    private static void CheckPath(HttpContext http, FieldErrors errors)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? string.Empty;
        errors.Require(PercentEncoding.Decode(target.Split('?')[0]) is not null, "path", PercentEncoding.Problem);
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (value is string text && PlainText.FindProblem(text) is { } problem)
            {
                errors.Add(name, problem);
            }
        }
    }

    private static void CheckQuery(QueryString query, FieldErrors errors)
    {
        foreach (var part in (query.Value ?? string.Empty).TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? at : part.Length;
            var name = PercentEncoding.DecodeField(part[..equals]);
            var value = PercentEncoding.DecodeField(part[Math.Min(equals + 1, part.Length)..]);
            if ((name is null || value is null ? PercentEncoding.Problem : PlainText.FindProblem(name) ?? PlainText.FindProblem(value)) is { } problem)
            {
                errors.Add(name ?? part[..equals], problem);
            }
        }
    }

    private static void RefuseParameters(HttpFunction function, HttpRequest request, FieldErrors errors)
    {
        if (function.ReadsQuery || function.IsVisited)
        {
            return;
        }

        foreach (var name in request.Query.Keys)
        {
            errors.Require(false, name, RequestQuery.NoParameters);
        }
    }
}
