using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TraderHub.Testing;

/// <summary>A real HTTP server in the place of CNN's index and of alternative.me's: it answers as a test says, also badly. Until it is told, it refuses as CNN does.</summary>
public sealed class FearGreedDouble : IAsyncDisposable
{
    /// <summary>CNN's path.</summary>
    public const string Stocks = "/index/fearandgreed/current";

    /// <summary>alternative.me's path.</summary>
    public const string Crypto = "/fng/";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    private FearGreedDouble(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>What was asked for: path and query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The user agents of those who asked.</summary>
    public ConcurrentQueue<string> UserAgents { get; } = new();

    public static async Task<FearGreedDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var indices = new FearGreedDouble(builder.Build());
        indices.app.Run(indices.AnswerAsync);
        await indices.app.StartAsync();
        return indices;
    }

    /// <summary>Answers at a path with anything.</summary>
    public void Answer(string path, int status, string contentType, string body) => Answer(path, async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body);
    });

    /// <summary>Answers at a path as the test likes.</summary>
    public void Answer(string path, Func<HttpContext, Task> answer) => answers[path] = answer;

    /// <summary>Answers the index of stocks with a score and a rating, as JSON.</summary>
    public void AnswerStocks(string score, string rating) =>
        Answer(Stocks, 200, "application/json", $$"""{"rating":{{rating}},"score":{{score}},"timestamp":"2026-11-20T14:40:00+00:00","previous_close":"30.5","previous_1_week":41,"previous_1_month":null}""");

    /// <summary>Answers with JSON that goes on and on.</summary>
    public void AnswerEndlessly(string path, int megabytes) => Answer(path, async http =>
    {
        http.Response.ContentType = "application/json";
        var spaces = new byte[1024 * 1024];
        Array.Fill(spaces, (byte)' ');
        for (var i = 0; i < megabytes && !http.RequestAborted.IsCancellationRequested; i++)
        {
            await http.Response.Body.WriteAsync(spaces);
        }
    });

    /// <summary>Answers a byte, and never the next.</summary>
    public void AnswerDripping(string path) => Answer(path, DripAsync);

    /// <summary>Announces more than it sends, and hangs up.</summary>
    public void BreakOff(string path) => Answer(path, async http =>
    {
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync("{\"rating\":");
        await http.Response.Body.FlushAsync();
        http.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();
    });

    public static async Task DripAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("{");
        await http.Response.Body.FlushAsync();
        var hungUp = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        UserAgents.Enqueue(http.Request.Headers.UserAgent.ToString());
        Requests.Enqueue(http.Request.Path.Value + http.Request.QueryString);
        if (answers.TryGetValue(http.Request.Path.Value!, out var answer))
        {
            await answer(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status418ImATeapot;
        await http.Response.WriteAsync("I'm a teapot. You're a bot.");
    }
}
