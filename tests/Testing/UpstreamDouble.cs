using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Testing;

/// <summary>A real HTTP server in the place of an upstream: it answers as a test says, also badly.</summary>
public sealed class UpstreamDouble : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    private UpstreamDouble(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>The requests that came, their bodies.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<UpstreamDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var upstream = new UpstreamDouble(builder.Build());
        upstream.app.Run(upstream.AnswerAsync);
        await upstream.app.StartAsync();
        return upstream;
    }

    /// <summary>Answers requests of a type with JSON.</summary>
    public void Answer(string type, string json) => Answer(type, StatusCodes.Status200OK, "application/json", json);

    /// <summary>Answers requests of a type with anything.</summary>
    public void Answer(string type, int status, string contentType, string body) => Answer(type, async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body);
    });

    /// <summary>Answers requests of a type as the test likes.</summary>
    public void Answer(string type, Func<HttpContext, Task> answer) => answers[type] = answer;

    /// <summary>Announces a whole body, sends half of it, and hangs up.</summary>
    public void AnswerHalf(string type, string json) => Answer(type, async http =>
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(json);
        await http.Response.WriteAsync(json[..(json.Length / 2)]);
        await http.Response.Body.FlushAsync();
    });

    /// <summary>Never answers requests of a type, until the caller hangs up.</summary>
    public void NeverAnswer(string type) => Answer(type, async http =>
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    });

    /// <summary>The body of the request that is being answered.</summary>
    public static string QuestionOf(HttpContext http) => (string)http.Items[nameof(QuestionOf)]!;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(body);
        http.Items[nameof(QuestionOf)] = body;
        using var question = JsonDocument.Parse(body);
        if (answers.TryGetValue(question.RootElement.GetProperty("type").GetString()!, out var answer))
        {
            await answer(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await http.Response.WriteAsync("Failed to deserialize the JSON body into the target type");
    }
}
