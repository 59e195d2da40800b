using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Functions.Trading;
using TraderHub.Web.Layout;

namespace TraderHub.Functions.Pages;

/// <summary>What the forms at the foot of every page change.</summary>
public sealed class PreferenceFunctions(SignInOptions site, ChosenZone chosenZone)
{
    /// <summary>Chooses the zone, as `POST /api/timezone` does.</summary>
    [Function(nameof(ChooseTimezone))]
    [Access(Caller.Anybody)]
    [Page]
    [Accepts<ZoneChoice>]
    [Returns(StatusCodes.Status303SeeOther, "The browser goes back to the form's page.")]
    public async Task<IResult> ChooseTimezone(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "timezone")] HttpRequest request, CancellationToken cancellationToken)
    {
        var form = RequestBody.ReadFields(PageForms.FieldsOf(request), PagesJson.Default.ZoneChoice);
        if (form.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var errors = new FieldErrors();
        if (TimezoneChoices.Read(offset: null, name: null, form.Value.ZoneId, string.Empty, errors) is not { } zone)
        {
            return errors.ToError().ToProblem();
        }

        var kept = await chosenZone.KeepAsync(request, zone, autoDetect: false, cancellationToken);
        return kept.Match(_ => Reply.SeeOther(PageForms.PageOf(request)), Problems.ToProblem);
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
