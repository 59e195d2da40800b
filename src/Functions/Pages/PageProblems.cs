using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Functions.Http;
using TraderHub.Web.Messages;

namespace TraderHub.Functions.Pages;

/// <summary>Problems for people: a browser that asks for a page gets one, programs and the API have JSON (rule W3).</summary>
internal static class PageProblems
{
    private static readonly PathString Api = "/api";

    /// <summary>Whether a request wants to see a page.</summary>
    public static bool AreWanted(HttpRequest request) =>
        !request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase)
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    /// <summary>Shows a problem as a page.</summary>
    public static async Task SendAsync(HttpContext http, Problem problem)
    {
        var message = new Message(problem.Status, problem.Detail, problem.Code, problem.TraceId, problem.Errors ?? new Dictionary<string, string[]>());
        var page = await http.RequestServices.GetRequiredService<PageRenderer>().RenderAsync(http.Request, message);
        await page.ExecuteAsync(http);
    }
}
