using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TraderHub.Core.Platform;
using TraderHub.Data.Worktime.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>Lets a caller through to the functions that the caller may use, and tells them who it is.</summary>
internal sealed class AuthenticationMiddleware(FunctionCatalog catalog, Authenticator authenticator, AuthOptions options, DeveloperTokenOptions developers)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = catalog.GetHttp(context.FunctionDefinition.Name);
        var http = context.GetHttpContext()!;
        var identity = await IdentifyAsync(http, function.Access);
        if ((Closed(function.Access) ?? identity.Error ?? Refuse(http.Request, identity.Value, function)) is { } refusal)
        {
            await refusal.ToProblem().ExecuteAsync(http);
            return;
        }

        http.SetIdentity(identity.Value);
        http.SetFunction(function);
        await next(context);
    }

    /// <summary>Who the caller is; null for somebody whom the function need not know.</summary>
    private async Task<Result<Identity?>> IdentifyAsync(HttpContext http, AccessAttribute access) => access switch
    {
        { Caller: not Caller.Anybody } => (await authenticator.IdentifyAsync(http, access)).Match<Result<Identity?>>(found => found, refusal => refusal),
        { Knows: Caller.Trader or Caller.Program or Caller.Developer } => await authenticator.RecogniseAsync(http, access),
        { Knows: Caller.Operator } => await authenticator.RecogniseOperatorAsync(http),
        _ => (Identity?)null,
    };

    private Error? Closed(AccessAttribute access) => access.Caller switch
    {
        Caller.Operator when options.AdminToken is null => Refusals.NoOperator(),
        Caller.Developer when developers.Secret is null => Refusals.NoDevelopers(DeveloperTokenOptions.Key),
        _ => null,
    };

    private static Error? Refuse(HttpRequest request, Identity? identity, HttpFunction function)
    {
        if (identity is null)
        {
            return null;
        }

        // The forms of pages carry a token instead, which PageMiddleware looks at.
        if (identity.IsByCookie && !function.IsPage && IsWrite(request) && !request.Headers.ContainsKey(SessionCookie.OwnPageHeader))
        {
            return new Error(
                ErrorKind.Forbidden,
                "CSRF_HEADER_REQUIRED",
                $"A change that only a cookie vouches for needs the header {SessionCookie.OwnPageHeader}, with any value.");
        }

        var access = function.Access;
        return access.Caller switch
        {
            Caller.Trader when identity.Kind != Caller.Trader => new Error(
                ErrorKind.Forbidden, "TRADER_REQUIRED", "This serves a trader's own data; it needs a trader's session."),
            Caller.Developer when identity.Kind != Caller.Developer => new Error(
                ErrorKind.Forbidden, "DEVELOPER_REQUIRED", "This serves a developer's own data; it needs the token of a sign-in with GitHub."),
            Caller.Operator when identity.Kind != Caller.Operator => new Error(ErrorKind.Forbidden, "OPERATOR_REQUIRED", "This is for operators."),
            Caller.Program when identity.Kind != Caller.Operator && !identity.Scopes.Contains(access.Scope!) => new Error(
                ErrorKind.Forbidden, "SCOPE_REQUIRED", $"This needs an API key with the scope '{access.Scope}'."),
            _ => null,
        };
    }

    public static bool IsWrite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
