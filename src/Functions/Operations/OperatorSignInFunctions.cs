using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Functions.Pages;
using TraderHub.Functions.Trading;
using TraderHub.Web.SignIn;

namespace TraderHub.Functions.Operations;

/// <summary>Lets an operator's browser in.</summary>
public sealed class OperatorSignInFunctions(
    PageRenderer pages, AuthOptions options, OperatorSignIns signIns, SignInOptions site, WrongSecrets wrongSecrets, AuditTrail audit)
{
    private const string Action = "operator sign-in";

    private static readonly Error NotTheToken = new(ErrorKind.Unauthenticated, "OPERATOR_TOKEN_NOT_VALID", "This is not the operator's token.");

    /// <summary>The page where operators sign in.</summary>
    [Function(nameof(ShowOperatorSignIn))]
    [Access(Caller.Anybody)]
    [Page]
    [Returns(200, "The page.", MediaType = "text/html")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public Task<IResult> ShowOperatorSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "signin/operator")] HttpRequest request) =>
        ShowAsync(request, options.AdminToken is null ? Refusals.NoOperator() : null, StatusCodes.Status200OK);

    /// <summary>Takes the operator's secret and gives the browser a cookie for an hour.</summary>
    [Function(nameof(SignInOperator))]
    [Access(Caller.Anybody)]
    [Page]
    [Accepts<OperatorSignIn>]
    [Returns(StatusCodes.Status303SeeOther, "The browser has the cookie.")]
    [Fails(StatusCodes.Status401Unauthorized, "It is not the operator's token.", "OPERATOR_TOKEN_NOT_VALID")]
    [Fails(StatusCodes.Status403Forbidden, "There is no operator here.", "OPERATOR_NOT_CONFIGURED")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> SignInOperator([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signin/operator")] HttpRequest request)
    {
        var form = RequestBody.ReadFields(PageForms.FieldsOf(request), OperationsJson.Default.OperatorSignIn);
        if (form.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        if (await RefuseAsync(request, form.Value.Token) is { } refusal)
        {
            return PageProblems.AreWanted(request) ? await ShowAsync(request, refusal, Problems.StatusOf(refusal.Kind)) : refusal.ToProblem();
        }

        signIns.Begin(request.HttpContext.Response, site.HasSecureCookies(request));
        await audit.WriteAsync(request, "operator", Action);
        return Reply.SeeOther("/signin/operator");
    }

    private async Task<IResult> ShowAsync(HttpRequest request, Error? problem, int status) => await pages.RenderAsync<OperatorPage>(
        request,
        "Operators",
        new Dictionary<string, object?>
        {
            [nameof(OperatorPage.IsSignedIn)] = await signIns.IsSignedInAsync(request),
            [nameof(OperatorPage.Problem)] = problem?.Detail,
        },
        status: status);

    private async Task<Error?> RefuseAsync(HttpRequest request, string token)
    {
        if (options.AdminToken is not null)
        {
            return Secrets.AreEqual(token, options.AdminToken) ? null : await wrongSecrets.RefuseAsync(request, Action, token, NotTheToken);
        }

        var closed = Refusals.NoOperator();
        await audit.WriteRefusedAsync(request, Action, closed);
        return closed;
    }
}
