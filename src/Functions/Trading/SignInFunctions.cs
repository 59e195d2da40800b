using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>Signing in with a wallet, and out again.</summary>
public sealed class SignInFunctions(
    IssueNonce issueNonce,
    SignInTrader signInTrader,
    SignOutTrader signOutTrader,
    CallerZone callerZone,
    SignInOptions options,
    AuthOptions auth,
    WrongSecrets wrongSecrets,
    AuditTrail audit)
{
    private const string Action = "sign-in";

    /// <summary>A message for a wallet to sign.</summary>
    [Function(nameof(IssueNonce))]
    [Access(Caller.Anybody)]
    [Accepts<NonceRequest>]
    [Returns<NonceAnswer>("The message, to be signed as it is.")]
    [Fails(StatusCodes.Status403Forbidden, "Signing in is closed here.", "DOMAIN_NOT_SET")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> IssueNonce(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/nonce")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonOrFormAsync(request, TradingJson.Default.NonceRequest, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var wanted = Read(body.Value);
        if (wanted.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        var domain = options.DomainOf(request);
        if (domain.Error is { } closed)
        {
            return closed.ToProblem();
        }

        var (address, purpose) = wanted.Value;
        var message = await issueNonce.ExecuteAsync(address, purpose, domain.Value, cancellationToken);
        return Reply.Json(NonceAnswer.From(message), TradingJson.Default.NonceAnswer);
    }

    /// <summary>A session for the signer of such a message: the token in the answer, and in a cookie for browsers.</summary>
    [Function(nameof(SignInTrader))]
    [Access(Caller.Anybody)]
    [Accepts<LoginRequest>]
    [Returns<LoginAnswer>("The session.")]
    [Fails(StatusCodes.Status400BadRequest, "The message is not as it was issued.", "MESSAGE_NOT_VALID")]
    [Fails(
        StatusCodes.Status401Unauthorized,
        "The message or its signature proves nothing here.",
        "MESSAGE_EXPIRED", "NONCE_NOT_VALID", "SIGNATURE_NOT_VALID", "WRONG_CHAIN", "WRONG_DOMAIN", "WRONG_PURPOSE")]
    [Fails(StatusCodes.Status403Forbidden, "Signing in is closed here, or to this page.", "DOMAIN_NOT_SET", "ORIGIN_NOT_ALLOWED")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> SignInTrader(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/login")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonOrFormAsync(request, TradingJson.Default.LoginRequest, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var domain = OwnDomainOf(request);
        if (domain.Error is { } closed)
        {
            return closed.ToProblem();
        }

        var session = await signInTrader.ExecuteAsync(body.Value.Message, body.Value.Signature, domain.Value, cancellationToken);
        if (session.Error is { } refusal)
        {
            return (await wrongSecrets.RefuseAsync(request, Action, body.Value.Signature, refusal)).ToProblem();
        }

        await audit.WriteAsync(request, session.Value.Address.ToString(), Action);
        await callerZone.AssumeAsync(request, session.Value.Address, cancellationToken);
        SessionCookie.Set(request.HttpContext.Response, session.Value, isSecure: !domain.Value.IsLoopback);
        return Reply.Json(LoginAnswer.From(session.Value), TradingJson.Default.LoginAnswer);
    }

    /// <summary>Ends the session that the request came with.</summary>
    [Function(nameof(SignOutTrader))]
    [Access(Caller.Trader)]
    [Returns(StatusCodes.Status204NoContent, "The session has ended.")]
    public async Task<IResult> SignOutTrader(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/logout")] HttpRequest request, CancellationToken cancellationToken)
    {
        await signOutTrader.ExecuteAsync(SessionCookie.ReadToken(request)!, cancellationToken);
        SessionCookie.Clear(request.HttpContext.Response);
        return Reply.NoContent();
    }

    private static Result<(WalletAddress Address, SignInPurpose Purpose)> Read(NonceRequest request)
    {
        var errors = new FieldErrors();
        if (!WalletAddress.TryParse(request.Address, out var address))
        {
            errors.Add("address", "must be a wallet's address: 0x and 40 hexadecimal digits.");
        }

        var purpose = request.Purpose is { } name ? SignInPurpose.FromName(name) : SignInPurpose.Login;
        if (purpose is null)
        {
            errors.Add("purpose", $"must be one of: {string.Join(", ", SignInPurpose.All.Select(known => known.Name))}.");
        }

        return errors.IsEmpty ? (address, purpose!) : errors.ToError();
    }

    /// <summary>The site that a sign-in is for; refused when a page of another site sends it, which would sign its visitor in as somebody else (rule A8).</summary>
    private Result<SignInDomain> OwnDomainOf(HttpRequest request)
    {
        var domain = options.DomainOf(request);
        var origin = request.Headers.Origin.ToString();
        var isForeign = domain.Error is null
            && origin.Length > 0
            && !CorsMiddleware.IsAllowed(request, auth)
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == domain.Value.Name);
        return isForeign
            ? new Error(ErrorKind.Forbidden, "ORIGIN_NOT_ALLOWED", "Pages of this origin may not sign in here. An operator can allow it with the setting Auth:AllowedOrigins.")
            : domain;
    }
}
