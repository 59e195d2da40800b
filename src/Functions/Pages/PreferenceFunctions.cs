using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Functions.Trading;
using TraderHub.Web.Layout;

namespace TraderHub.Functions.Pages;

/// <summary>What the forms at the foot of every page change.</summary>
public sealed class PreferenceFunctions(SignInOptions site, TimeProvider clock)
{
    /// <summary>Chooses the zone for this browser, as `POST /api/timezone` does.</summary>
    [Function(nameof(ChooseTimezone))]
    [Access(Caller.Anybody)]
    [Page]
    [Accepts<ZoneChoice>]
    [Returns(StatusCodes.Status303SeeOther, "The browser goes back to the form's page.")]
    public IResult ChooseTimezone([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "timezone")] HttpRequest request)
    {
        var form = RequestBody.ReadFields(PageForms.FieldsOf(request), PagesJson.Default.ZoneChoice);
        var zone = form.Error is { } unreadable ? unreadable : TimezoneRules.ZoneOf(new TimezoneChoice(null, null, form.Value.ZoneId, AutoDetect: false));
        return zone.Match(
            chosen =>
            {
                RequestZone.Remember(request, chosen, chosen.OffsetAt(clock.GetInstant()), autoDetect: false, site.HasSecureCookies(request));
                return Reply.SeeOther(PageForms.PageOf(request));
            },
            Problems.ToProblem);
    }

    /// <summary>Chooses light or dark for this browser.</summary>
    [Function(nameof(ChooseTheme))]
    [Access(Caller.Anybody)]
    [Page]
    [Accepts<ThemeChoice>]
    [Returns(StatusCodes.Status303SeeOther, "The browser goes back to the form's page.")]
    public IResult ChooseTheme([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "theme")] HttpRequest request)
    {
        var form = RequestBody.ReadFields(PageForms.FieldsOf(request), PagesJson.Default.ThemeChoice);
        if (form.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        if (!Themes.All.Contains(form.Value.Theme))
        {
            return Error.InvalidFields(new Dictionary<string, string[]> { ["theme"] = [$"must be one of: {string.Join(", ", Themes.All)}."] }).ToProblem();
        }

        ThemeCookie.Set(request.HttpContext.Response, form.Value.Theme, site.HasSecureCookies(request));
        return Reply.SeeOther(PageForms.PageOf(request));
    }
}
