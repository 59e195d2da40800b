using Microsoft.AspNetCore.Http;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Operators' browsers: signed in by a cookie, until its hour is over or the operator signs out, which also ends every copy of the cookie.</summary>
public sealed class OperatorSignIns(AuthOptions options, IEndedOperatorSignIns ended, TimeProvider clock)
{
    /// <summary>Whether a request comes from an operator's browser.</summary>
    public async Task<bool> IsSignedInAsync(HttpRequest request) =>
        Read(request) is { } signIn && !await ended.ContainsAsync(signIn.Id, request.HttpContext.RequestAborted);

    /// <summary>The same where the store may be what is wrong: while it does not answer, the cookie is taken at its word.</summary>
    public async Task<bool> IsSignedInAsFarAsKnownAsync(HttpRequest request)
    {
        try
        {
            return await IsSignedInAsync(request);
        }
        catch (StorageException)
        {
            return true;
        }
    }

    /// <summary>Signs the browser in for an hour.</summary>
    public void Begin(HttpResponse response, bool isSecure) => OperatorCookie.Append(response, options.AdminToken!, clock.GetInstant(), isSecure);

    /// <summary>Ends the browser's sign-in; false when it had none.</summary>
    public async Task<bool> EndAsync(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        OperatorCookie.Clear(request.HttpContext.Response);
        if (Read(request) is not { } signIn)
        {
            return false;
        }

        await ended.AddAsync(signIn.Id, signIn.ExpiresAt, request.HttpContext.RequestAborted);
        return true;
    }

    private OperatorTicket? Read(HttpRequest request) => OperatorCookie.Read(request, options.AdminToken, clock.GetInstant());
}
