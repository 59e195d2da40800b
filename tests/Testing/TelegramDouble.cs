using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Testing;

/// <summary>
/// A real HTTP server in the place of Telegram's Bot API, in its documented shapes: it records each call, checks each message as the API does, and answers each chat as a
/// test says. What breaks the API's limits is in <see cref="Violations"/>.
/// </summary>
public sealed class TelegramDouble : IAsyncDisposable
{
    public const string Token = "4503599627:AAF-recognisable_token_of_this_test";

    public const string WebhookSecret = "secret-of_this-tests-webhook";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> once = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> always = new();
    private long messageId;

    private TelegramDouble(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>The settings that make a host ask this one.</summary>
    public (string Key, string Value)[] Settings =>
        [("Telegram:BotToken", Token), ("Telegram:WebhookSecret", WebhookSecret), ("Telegram:BaseUrl", Address.ToString()), ("Telegram:BotName", "TradeBot")];

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The calls that came, in their order.</summary>
    public ConcurrentQueue<TelegramCall> Calls { get; } = new();

    /// <summary>The texts that were sent, in their order.</summary>
    public IReadOnlyList<TelegramCall> Sent => [.. Calls.Where(call => call is { Method: "sendMessage", WasSent: true })];

    /// <summary>The answers of methods other than sendMessage, by name; a test may replace them.</summary>
    public ConcurrentDictionary<string, string> Results { get; } = new()
    {
        ["getMe"] = """{"id":4503599627,"is_bot":true,"first_name":"Trade","username":"TradeBot"}""",
        ["getChat"] = """{"id":1,"type":"private","first_name":"Ann","last_name":"Bee"}""",
        ["getChatMember"] = """{"status":"member","user":{"id":1,"is_bot":false,"first_name":"Ann"}}""",
        ["setWebhook"] = "true",
        ["getWebhookInfo"] = """{"url":"","has_custom_certificate":false,"pending_update_count":0}""",
    };

    /// <summary>Where more went to a chat than one message a second, or more than 30 to all in any second.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            // Two stamps of one clock are exact to its tick, timers to a few milliseconds.
            var sent = Sent.OrderBy(call => call.At).ToList();
            var pairs = sent.GroupBy(call => call.ChatId).SelectMany(chat => chat.Zip(chat.Skip(1)))
                .Where(pair => pair.Second.At - pair.First.At < Second - TimeSpan.FromMilliseconds(20))
                .Select(pair => $"{pair.First.ChatId}: {(pair.Second.At - pair.First.At).TotalMilliseconds:0} ms between two messages");
            var rushes = sent.Select(first => sent.Count(call => call.At >= first.At && call.At < first.At + Second)).Where(count => count > 30)
                .Select(count => $"{count} messages in a second");
            return [.. pairs, .. rushes];
        }
    }

    public static async Task<TelegramDouble> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var telegram = new TelegramDouble(builder.Build(), clock ?? TimeProvider.System);
        telegram.app.Run(telegram.AnswerAsync);
        await telegram.app.StartAsync();
        return telegram;
    }

    /// <summary>Answers a chat's messages, from now on.</summary>
    public void Answer(string chatId, Func<HttpContext, Task> answer) => always[chatId] = answer;

    /// <summary>Answers a chat's next message only.</summary>
    public void AnswerOnce(string chatId, Func<HttpContext, Task> answer) => once.GetOrAdd(chatId, _ => new()).Enqueue(answer);

    /// <summary>Takes a chat's messages again.</summary>
    public void Accept(string chatId) => always.TryRemove(chatId, out _);

    /// <summary>A refusal in the API's shape.</summary>
    public static Func<HttpContext, Task> Refuse(int code, string description, string? parameters = null) => With(
        code,
        "application/json",
        new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description, ["parameters"] = parameters is null ? null : JsonNode.Parse(parameters) }.ToJsonString());

    /// <summary>Too many, for so many seconds; or the API does not say for how long.</summary>
    public static Func<HttpContext, Task> TooMany(int? retryAfter) =>
        Refuse(429, $"Too Many Requests: retry after {retryAfter}", retryAfter is { } seconds ? $$"""{"retry_after":{{seconds}}}""" : null);

    /// <summary>The group has become a supergroup.</summary>
    public static Func<HttpContext, Task> MovedTo(string chatId) =>
        Refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", $$"""{"migrate_to_chat_id":{{chatId}}}""");

    /// <summary>Answers with anything.</summary>
    public static Func<HttpContext, Task> With(int status, string contentType, string body) => async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body);
    };

    /// <summary>Never answers, until the caller hangs up.</summary>
    public static async Task Never(HttpContext http)
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var at = clock.GetUtcNow();
        var path = http.Request.Path.Value!;
        var body = await JsonNode.ParseAsync(http.Request.Body) as JsonObject ?? [];
        var method = path[(path.LastIndexOf('/') + 1)..];
        var call = new TelegramCall(method, body["chat_id"]?.ToString() ?? string.Empty, body["text"]?.ToString() ?? string.Empty, body["parse_mode"]?.ToString(), at, body);
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, TimeProvider.System, http.RequestAborted);
        }

        var answer = AnswerOf(path, call);
        Calls.Enqueue(call with { WasSent = answer is null });
        await (answer ?? Send(call))(http);
    }

    /// <summary>How a call is refused, or answered as the test says; null when it is a message that is taken.</summary>
    private Func<HttpContext, Task>? AnswerOf(string path, TelegramCall call)
    {
        if (path != $"/bot{Token}/{call.Method}")
        {
            return Refuse(401, "Unauthorized");
        }

        var key = call.Method == "sendMessage" ? call.ChatId : call.Method;
        if (once.TryGetValue(key, out var answers) && answers.TryDequeue(out var next))
        {
            return next;
        }

        if (always.TryGetValue(key, out var chosen))
        {
            return chosen;
        }

        if (call.Method != "sendMessage")
        {
            return Results.TryGetValue(call.Method, out var result) ? With(200, "application/json", $$"""{"ok":true,"result":{{result}}}""") : Refuse(404, "Not Found");
        }

        return TelegramHtml.FindFault(call.Text, call.ParseMode) is { } fault ? Refuse(400, $"Bad Request: {fault}") : null;
    }

    private Func<HttpContext, Task> Send(TelegramCall call)
    {
        var message = new JsonObject
        {
            ["message_id"] = Interlocked.Increment(ref messageId),
            ["date"] = call.At.ToUnixTimeSeconds(),
            ["chat"] = new JsonObject { ["id"] = long.Parse(call.ChatId, System.Globalization.CultureInfo.InvariantCulture), ["type"] = "private" },
            ["text"] = call.Text,
        };
        return With(200, "application/json", new JsonObject { ["ok"] = true, ["result"] = message }.ToJsonString());
    }
}

/// <summary>A call of the Bot API.</summary>
public sealed record TelegramCall(string Method, string ChatId, string Text, string? ParseMode, DateTimeOffset At, JsonObject Body)
{
    /// <summary>Whether it is a message that was taken.</summary>
    public bool WasSent { get; init; }
}
