using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace TraderHub.Testing;

/// <summary>
/// A proxy in front of an HTTP service that hands every request on, and loses the answers of some writes: they were carried out, and the caller sees a connection
/// that broke.
/// </summary>
public sealed class LossyProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Uri service;
    private readonly Func<bool> losesNext;
    private int lost;

    private LossyProxy(WebApplication app, Uri service, Func<bool> losesNext)
    {
        this.app = app;
        this.service = service;
        this.losesNext = losesNext;
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>How many answers were lost.</summary>
    public int Lost => lost;

    /// <summary>Starts one.</summary>
    /// <param name="service">Where requests go; only its scheme, host and port count.</param>
    /// <param name="losesNext">Asked at each write that was carried out whether its answer is lost.</param>
    public static async Task<LossyProxy> StartAsync(Uri service, Func<bool> losesNext)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var proxy = new LossyProxy(builder.Build(), service, losesNext);
        proxy.app.Run(proxy.PassOnAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var request = await CopyAsync(context.Request);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!HttpMethods.IsGet(context.Request.Method) && answer.IsSuccessStatusCode && losesNext())
        {
            Interlocked.Increment(ref lost);
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await context.Response.Body.WriteAsync(body);
    }

    /// <summary>As it came, to the service: what is signed of it is the path, and headers that are not the host's.</summary>
    private async Task<HttpRequestMessage> CopyAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var address = new Uri(service, new Uri(request.GetEncodedUrl()).PathAndQuery);
        var copy = new HttpRequestMessage(new HttpMethod(request.Method), address) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, values) in request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Content-Length" or "Transfer-Encoding")))
        {
            _ = copy.Headers.TryAddWithoutValidation(name, [.. values]) || copy.Content.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        return copy;
    }
}
