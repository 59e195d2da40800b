using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Pages;

/// <summary>
/// Binds the token of a form to the session that its page was made for, so that a token that somebody else planted in the browser is worth nothing to
/// them (rule A11).
/// </summary>
internal sealed class FormSession : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => SessionCookie.Read(context.Request) is { } token ? SessionToken.Hash(token) : string.Empty;

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => Secrets.AreEqual(additionalData, GetAdditionalData(context));
}
