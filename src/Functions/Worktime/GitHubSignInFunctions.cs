using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>Signing in with GitHub: in a browser, which is sent there and back, or with a code that an extension has fetched itself.</summary>
public sealed class GitHubSignInFunctions(
    BeginGitHubSignIn beginGitHubSignIn,
    FinishGitHubSignIn finishGitHubSignIn,
    SignInDeveloper signInDeveloper,
    GitHubSignInSite site,
    WrongSecrets wrongSecrets,
    AuditTrail audit,
    TimeProvider clock)
{
    private const string HomePage = "/";

    private const string Action = "github sign-in";

    /// <summary>Sends a browser to GitHub, where its user agrees to sign in here.</summary>
    [Function(nameof(BeginGitHubSignIn))]
    [Access(Caller.Anybody)]
    [Visited]
    [Returns(StatusCodes.Status303SeeOther, "The browser goes to GitHub.")]
    [Fails(StatusCodes.Status403Forbidden, "Signing in with GitHub is closed here.", "DEVELOPERS_NOT_CONFIGURED", "DOMAIN_NOT_SET")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> BeginGitHubSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "auth/github/login")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (site.Closed is { } closed)
        {
            return closed.ToProblem();
        }

        var callback = site.CallbackOf(request);
        if (callback.Error is { } nowhere)
        {
            return nowhere.ToProblem();
        }

        var (state, address) = await beginGitHubSignIn.ExecuteAsync(callback.Value, cancellationToken);
        GitHubStateCookie.Set(request.HttpContext.Response, state.State, site.HasSecureCookies(request));
        return Reply.SeeOther(address.AbsoluteUri);
    }

    /// <summary>Where GitHub sends the browser back to: it has its token in a cookie then, and goes to the first page.</summary>
    [Function(nameof(FinishGitHubSignIn))]
    [Access(Caller.Anybody)]
    [Visited]
    [Asks("GitHub")]
    [Query<string>("code", "The code that GitHub gives; absent when its user did not agree.")]
    [Query<string>("state", "What GitHub was given.")]
    [Query<string>("error", "Why GitHub gives no code.")]
    [Returns(StatusCodes.Status303SeeOther, "The browser is signed in, and goes to the first page.")]
    [Fails(StatusCodes.Status400BadRequest, "The sign-in was not begun in this browser, or GitHub does not take the code.", "GITHUB_REFUSED", "STATE_NOT_VALID")]
    [Fails(StatusCodes.Status403Forbidden, "Signing in with GitHub is closed here.", "DEVELOPERS_NOT_CONFIGURED")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "KV_UNAVAILABLE", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> FinishGitHubSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "auth/github/callback")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (site.Closed is { } refusal)
        {
            return refusal.ToProblem();
        }

        var response = request.HttpContext.Response;
        var isSecure = site.HasSecureCookies(request);
        var browsersState = GitHubStateCookie.Read(request);
        GitHubStateCookie.Clear(response, isSecure);
        var came = GitHubReturn.Read(request.Query);
        if (came.Error is { } unusable)
        {
            return (await wrongSecrets.RefuseAsync(request, Action, request.QueryString.ToString(), unusable)).ToProblem();
        }

        var session = await finishGitHubSignIn.ExecuteAsync(came.Value.Code, came.Value.State, browsersState, cancellationToken);
        if (session.Error is { } notTaken)
        {
            return (await wrongSecrets.RefuseAsync(request, Action, came.Value.Code, notTaken)).ToProblem();
        }

        await NoteAsync(request, session.Value);
        DeveloperCookie.Set(response, session.Value.Token, (session.Value.ExpiresAt - clock.GetInstant()).ToTimeSpan(), isSecure);
        return Reply.SeeOther(HomePage);
    }

    /// <summary>Signs a developer in with a code that the client got from GitHub.</summary>
    [Function(nameof(SignInDeveloper))]
    [Access(Caller.Anybody)]
    [Asks("GitHub")]
    [Accepts<GitHubSignIn>]
    [Returns<GitHubSignInAnswer>("The developer, and the token to send from now on.")]
    [Fails(StatusCodes.Status400BadRequest, "GitHub does not take the code; `details.error` is its own word for why.", "GITHUB_REFUSED")]
    [Fails(StatusCodes.Status403Forbidden, "Signing in with GitHub is closed here.", "DEVELOPERS_NOT_CONFIGURED")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "KV_UNAVAILABLE", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> SignInDeveloper(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "auth/github/callback")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (site.Closed is { } closed)
        {
            return closed.ToProblem();
        }

        var body = await RequestBody.ReadJsonOrFormAsync(request, DeveloperSignInJson.Default.GitHubSignIn, cancellationToken);
        if ((body.Error ?? GitHubSignInChecks.FindProblem(body.Value, address => site.MayRedirectTo(address, request))) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var code = new GitHubCode(body.Value.Code, body.Value.CodeVerifier, body.Value.RedirectUri);
        var session = await signInDeveloper.ExecuteAsync(code, cancellationToken);
        if (session.Error is { } notTaken)
        {
            return (await wrongSecrets.RefuseAsync(request, Action, code.Code, notTaken)).ToProblem();
        }

        await NoteAsync(request, session.Value);
        return Reply.Json(GitHubSignInAnswer.From(session.Value), DeveloperSignInJson.Default.GitHubSignInAnswer);
    }

    private Task NoteAsync(HttpRequest request, DeveloperSession session) =>
        audit.WriteAsync(request, Identity.NameOfDeveloper(session.Developer.Id), Action, detail: session.Developer.Username);
}
