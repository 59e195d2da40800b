using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Traders;
using TraderHub.Functions.Http;
using TraderHub.Functions.Trading;
using TraderHub.Web.Layout;
using TraderHub.Web.Messages;

namespace TraderHub.Functions.Pages;

/// <summary>Writes pages. One is written whole before anything is sent: what fails is an error while there is still somebody to catch it.</summary>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers, TimeProvider clock)
{
    private const string FrameParameter = nameof(MessagePage.Frame);

    /// <summary>A page of ours, with forms.</summary>
    /// <typeparam name="TPage">The component of the page; its frame is made here.</typeparam>
    /// <param name="request">Who asks.</param>
    /// <param name="title">What the page is.</param>
    /// <param name="parameters">What the component takes beside its frame.</param>
    /// <param name="zone">The visitor's zone; null for what the request suggests.</param>
    /// <param name="status">The HTTP status.</param>
    public Task<IResult> RenderAsync<TPage>(
        HttpRequest request,
        string title,
        IReadOnlyDictionary<string, object?> parameters,
        AssumedZone? zone = null,
        int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var frame = FrameOf(request, title, zone) with
        {
            Trader = request.TraderIfKnown()?.ToString(),
            Token = services.GetRequiredService<PageForms>().CreateToken(request.HttpContext),
        };
        return RenderAsync<TPage>(frame, parameters, status);
    }

    /// <summary>The page that tells of a problem. It needs nothing that could be what failed.</summary>
    public Task<IResult> RenderAsync(HttpRequest request, Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var parameters = new Dictionary<string, object?> { [nameof(MessagePage.Model)] = message };
        return RenderAsync<MessagePage>(FrameOf(request, message.Title, zone: null), parameters, message.Status);
    }

    private PageFrame FrameOf(HttpRequest request, string title, AssumedZone? zone)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (inUse, source) = zone ?? RequestZone.Suggested(request);
        return new(title, request.Path, new PageTime(clock.GetInstant(), inUse, source is RequestZone.FromCookie or RequestZone.FromStore), ThemeCookie.Read(request));
    }

    private async Task<IResult> RenderAsync<TPage>(PageFrame frame, IReadOnlyDictionary<string, object?> parameters, int status)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var page = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var view = ParameterView.FromDictionary(new Dictionary<string, object?>(parameters) { [FrameParameter] = frame });
            return (await renderer.RenderComponentAsync<TPage>(view)).ToHtmlString();
        });
        return Reply.Page(Encoding.UTF8.GetBytes(page), status);
    }
}
