using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Overviews;
using TraderHub.Core.Trading.Traders;
using TraderHub.Functions.Http;
using TraderHub.Functions.Trading;
using TraderHub.Web.Home;
using TraderHub.Web.SignIn;

namespace TraderHub.Functions.Pages;

/// <summary>The first page.</summary>
public sealed class HomeFunctions(PageRenderer pages, ReadOverview readOverview, CallerZone callerZone, DemoHint demo, TimeProvider clock)
{
    /// <summary>The signed-in trader's dashboard; for anybody else, what this is and how to sign in.</summary>
    [Function(nameof(ShowHome))]
    [Access(Caller.Anybody)]
    [Page]
    [Returns(200, "The page. What could not be read is named on it.", MediaType = "text/html")]
    [Fails(503, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public Task<IResult> ShowHome(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request, CancellationToken cancellationToken) =>
        request.TraderIfKnown() is { } trader ? ShowDashboardAsync(request, trader, cancellationToken) : ShowWelcomeAsync(request);

    private async Task<IResult> ShowDashboardAsync(HttpRequest request, WalletAddress trader, CancellationToken cancellationToken)
    {
        await callerZone.AssumeAsync(request, trader, cancellationToken);
        var overview = await readOverview.ExecuteAsync(trader, cancellationToken);
        var zone = await callerZone.OfAsync(request, overview.Settings, cancellationToken);
        var likely = overview.Settings.Zone is null ? LikelyZones(request, zone) : null;
        var model = HomeMapping.ToModel(overview, zone.Zone, likely, clock.GetInstant());
        return await pages.RenderAsync<HomePage>(
            request, "Dashboard", new Dictionary<string, object?> { [nameof(HomePage.Model)] = model }, zone);
    }

    private static List<string> LikelyZones(HttpRequest request, AssumedZone assumed) =>
        new[] { RequestZone.Suggested(request).Zone.Id, assumed.Zone.Id }.OfType<string>().Distinct().ToList();

    private Task<IResult> ShowWelcomeAsync(HttpRequest request)
    {
        var hasEnded = SessionCookie.Read(request) is not null;
        if (hasEnded)
        {
            SessionCookie.Clear(request.HttpContext.Response);
        }

        return pages.RenderAsync<WelcomePage>(
            request, "Sign in", new Dictionary<string, object?> { [nameof(WelcomePage.Model)] = new Welcome(hasEnded, demo.Command) });
    }
}
