using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>Lets a caller through to the functions that the caller may use, and tells them who it is.</summary>
internal sealed class AuthenticationMiddleware(FunctionCatalog catalog, ISessionRepository sessions, TimeProvider clock) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (catalog.GetHttp(context.FunctionDefinition.Name).Caller == Caller.Anybody)
        {
            await next(context);
            return;
        }

        var http = context.GetHttpContext()!;
        var trader = await FindTraderAsync(http);
        if (trader.Error is { } refusal)
        {
            await refusal.ToProblem().ExecuteAsync(http);
            return;
        }

        http.SetTrader(trader.Value);
        await next(context);
    }

    private async Task<Result<WalletAddress>> FindTraderAsync(HttpContext http)
    {
        if (SessionCookie.CouldBeForged(http.Request))
        {
            return new Error(
                ErrorKind.Forbidden,
                "CSRF_HEADER_REQUIRED",
                $"A change that only the session cookie vouches for needs the header {SessionCookie.OwnPageHeader}, with any value.");
        }

        if (SessionCookie.ReadToken(http.Request) is not { } token)
        {
            return new Error(
                ErrorKind.Unauthenticated,
                "AUTHENTICATION_REQUIRED",
                "This needs a signed-in trader. Send the session token as 'Authorization: Bearer <token>'.");
        }

        var address = await sessions.FindAddressAsync(SessionToken.Hash(token), clock.GetInstant(), http.RequestAborted);
        return address is { } found
            ? found
            : new Error(ErrorKind.Unauthenticated, "SESSION_NOT_VALID", "The session has ended, or there never was one. Sign in again.");
    }
}
