using Microsoft.AspNetCore.Http;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Pages;

/// <summary>The cookie that a form's token belongs to. Whether it is for encrypted connections alone follows from the site (rule A13).</summary>
internal sealed class FormCookie : CookieBuilder
{
    private readonly SignInOptions site;

    public FormCookie(SignInOptions site)
    {
        this.site = site;
        Name = "traderhub-forms";
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Strict;
        IsEssential = true;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = site.HasSecureCookies(context.Request);
        return options;
    }
}
