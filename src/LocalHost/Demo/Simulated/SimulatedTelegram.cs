using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>A real HTTP server in the shape of Telegram's Bot API, with one bot. It keeps what the bot sends; <c>GET /sent</c> shows it.</summary>
internal sealed class SimulatedTelegram : IAsyncDisposable
{
    /// <summary>The bot's token; it opens nothing but this simulation.</summary>
    public const string Token = "9000001:traderhub-demo-bot";

    /// <summary>What the simulation's updates would carry.</summary>
    public const string WebhookSecret = "traderhub-demo-webhook";

    private const int LongestText = 4096;

    private const int MostKept = 1000;

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private readonly ConcurrentQueue<JsonObject> sent = new();
    private long messageId;

    private SimulatedTelegram(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
    }

    /// <summary>Where it listens: a free port of this machine.</summary>
    public Uri Address => new(app.Urls.First());

    public static async Task<SimulatedTelegram> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var telegram = new SimulatedTelegram(builder.Build(), clock);
        telegram.app.Run(telegram.AnswerAsync);
        await telegram.app.StartAsync(cancellationToken);
        return telegram;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var answer = (http.Request.Method, http.Request.Path.Value) switch
        {
            ("GET", "/sent") => new JsonObject { ["messages"] = new JsonArray([.. sent.Select(message => message.DeepClone())]) },
            ("POST", $"/bot{Token}/sendMessage") => Send(await ReadAsync(http)),
            ("POST", $"/bot{Token}/getMe") => Ok(new JsonObject { ["id"] = 9_000_001, ["is_bot"] = true, ["first_name"] = "Demo", ["username"] = "TraderHubDemoBot" }),
            ("POST", $"/bot{Token}/getWebhookInfo") => Ok(new JsonObject { ["url"] = string.Empty, ["has_custom_certificate"] = false, ["pending_update_count"] = 0 }),
            ("POST", $"/bot{Token}/getChat") => Ok(new JsonObject { ["id"] = 1, ["type"] = "private", ["first_name"] = "Demo" }),
            ("POST", $"/bot{Token}/getChatMember") => Ok(new JsonObject { ["status"] = "administrator" }),
            ("POST", $"/bot{Token}/setWebhook") => Ok(true),
            _ => Refuse(StatusCodes.Status404NotFound, "Not Found"),
        };
        http.Response.StatusCode = (int?)answer["error_code"] ?? StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private JsonObject Send(JsonObject asked)
    {
        var text = asked["text"]?.ToString() ?? string.Empty;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            return Refuse(StatusCodes.Status400BadRequest, text.Length > LongestText ? "Bad Request: message is too long" : "Bad Request: message text is empty");
        }

        var message = new JsonObject
        {
            ["message_id"] = Interlocked.Increment(ref messageId),
            ["date"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["chat"] = new JsonObject { ["id"] = asked["chat_id"]?.DeepClone(), ["type"] = "private" },
            ["text"] = text,
        };
        sent.Enqueue(message);
        while (sent.Count > MostKept)
        {
            sent.TryDequeue(out _);
        }

        return Ok(message.DeepClone());
    }

    private static async Task<JsonObject> ReadAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonObject Ok(JsonNode result) => new() { ["ok"] = true, ["result"] = result };

    private static JsonObject Refuse(int code, string description) => new() { ["ok"] = false, ["error_code"] = code, ["description"] = description };
}
