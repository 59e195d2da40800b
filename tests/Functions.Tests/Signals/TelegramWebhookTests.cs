using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Operations;
using TraderHub.Core.Signals.Telegram.Broadcasts;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Signals;

/// <summary>The bot as its users have it: updates come by the webhook, answers go to a double of Telegram.</summary>
public sealed class TelegramWebhookTests : IAsyncLifetime
{
    private const string DeployToken = "the-token-of-this-tests-deploys";
    private const string Webhook = "/api/telegram/webhook";

    private readonly ManualClock clock = new("2026-11-20T15:10:07Z");
    private QuotesDouble quotes = null!;
    private FearGreedDouble indices = null!;
    private TelegramDouble telegram = null!;
    private TestHost host = null!;
    private long updateId = 100;

    public async Task InitializeAsync()
    {
        quotes = await QuotesDouble.StartAsync();
        indices = await FearGreedDouble.StartAsync();
        telegram = await TelegramDouble.StartAsync(clock);
        host = await TestHost.StartAsync(new TestHostOptions
        {
            Clock = clock,
            Quotes = quotes,
            Indices = indices,
            Settings = [.. telegram.Settings, ("Telegram:DeployToken", DeployToken), ("Telegram:AdminChatId", "1")],
        });
        indices.AnswerStocks("25", "\"Fear\"");
        quotes.AnswerChart("SPY", new DateOnly(2026, 11, 20), [.. Enumerable.Repeat(100m, 60)], 100.5m, spread: 40);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await telegram.DisposeAsync();
        await indices.DisposeAsync();
        await quotes.DisposeAsync();
    }

    [Fact]
    public async Task ReceiveTelegramUpdate_OfAConversation_AnswersEachCommand()
    {
        foreach (var (text, answer) in new[]
        {
            ("/start", "Subscribed"),
            ("/start", "subscribed already"),
            ("/watchlist add brk.b", "BRK.B is on your watchlist"),
            ("/watchlist add BRK.B", "already"),
            ("/watchlist", "SPY"),
            ("/watchlist remove SPY", "no longer"),
            ("/watchlist add INVALID-TICKER", "is no ticker"),
            ("/now@TradeBot spy", "SPY: BUY"),
            ("/now", "UNAVAILABLE"),
            ("/execute SPY 400.50", "BUY SPY $400.50 2026-11-20"),
            ("/execute QQQ 1", "month"),
            ("/execute SPY 1,5", "is no price"),
            ("/executions", "BUY SPY $400.50 2026-11-20"),
            ("/executions QQQ", "No executions of QQQ"),
            ("/help", "/watchlist"),
            ("/subscribers", ""),
            ("/nowhere", ""),
            ("/start@OtherBot", ""),
            ("hello", ""),
            ("/stop", "Unsubscribed"),
            ("/stop", "not subscribed"),
            ("/forget CONFIRM", "Nothing was deleted"),
            ("/forget", "/forget CONFIRM"),
            ("/forget CONFIRM", "is deleted"),
            ("/executions", "No executions yet"),
        })
        {
            var before = telegram.Sent.Count;
            Assert.Equal(HttpStatusCode.OK, (await SayAsync("77", text)).StatusCode);
            var sent = telegram.Sent.Skip(before).Select(call => call.Text).ToList();
            if (answer.Length == 0)
            {
                Assert.Empty(sent);
            }
            else
            {
                Assert.Contains(answer, Assert.Single(sent), StringComparison.OrdinalIgnoreCase);
            }

            clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Empty(telegram.Violations);
        Assert.Empty(host.Query<string>("SELECT chat_id FROM users", "signals"));
        Assert.Empty(host.Query<string>("SELECT payload FROM telegram_updates WHERE payload IS NOT NULL", "signals"));
    }

    [Fact]
    [Trait("Case", "S05")]
    public async Task ReceiveTelegramUpdate_FiveTimesAtOnce_IsDoneOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync(Update(77, "7", "/execute SPY 400"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, Assert.Single(host.Query<long>("SELECT COUNT(*) FROM executions", "signals")));
        Assert.Contains("Recorded", Assert.Single(telegram.Sent).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "S07")]
    public async Task ReceiveTelegramUpdate_WithoutAnythingToDo_IsStoredAndAnswered()
    {
        foreach (var body in new[] { """{"update_id":5}""", """{"update_id":6,"edited_message":{"chat":{"id":7},"text":"/execute SPY 400"}}""", "[]", "{}" })
        {
            Assert.Equal("""{"ok":true}""", await (await PostAsync(body)).Content.ReadAsStringAsync());
        }

        Assert.Equal(["5 done", "6 done"], host.Query<string>("SELECT update_id || ' ' || status FROM telegram_updates ORDER BY update_id", "signals"));
        Assert.Empty(telegram.Calls);
    }

    [Fact]
    public async Task ReceiveTelegramUpdate_OfBadInput_IsRefusedAsItDeserves()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("{}", secret: "wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync("{}", secret: "")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("{")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync($$"""{"update_id":1,"x":"{{new string('x', 1024 * 1024)}}"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($$"""{"update_id":1,"x":"{{new string('x', 1_000_000)}}"}""")).StatusCode);
        for (var i = 0; i < 20; i++)
        {
            await PostAsync("{}", secret: $"wrong {i}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync("{}", secret: "wrong again")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("{}")).StatusCode);
    }

    [Theory]
    [Trait("Case", "S12")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anything")]
    public async Task ReceiveTelegramUpdate_WithoutAConfiguredSecret_IsClosed(string? secret)
    {
        await using var closed = await TestHost.StartAsync(("Telegram:BotToken", TelegramDouble.Token));
        var headers = secret is null ? Array.Empty<(string, string)>() : [("X-Telegram-Bot-Api-Secret-Token", secret)];

        var response = await closed.SendAsync(HttpMethod.Post, Webhook, """{"update_id":5}""", headers);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Telegram:WebhookSecret", (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(closed.Query<long>("SELECT update_id FROM telegram_updates", "signals"));
        var health = await (await closed.SendAsync(HttpMethod.Get, "/api/health")).JsonAsync();
        Assert.Equal("not_configured", health.GetProperty("services").GetProperty("telegram").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Broadcast_InFear_SendsEachSubscriberOnce_AndNothingOtherwise()
    {
        foreach (var chat in new[] { "7", "8", "9" })
        {
            await SayAsync(chat, "/start");
        }

        clock.Advance(TimeSpan.FromSeconds(2));
        var broadcast = host.Services.GetRequiredService<Broadcast>();
        Assert.Null(await broadcast.ExecuteAsync("BroadcastOpen", new CronRun(), default));
        Assert.Null(await broadcast.ExecuteAsync("BroadcastOpen", new CronRun(), default));
        Assert.Equal(3, CountBroadcast());

        clock.Advance(TimeSpan.FromMinutes(10));
        indices.AnswerStocks("60", "\"Greed\"");
        Assert.Contains("greed", await broadcast.ExecuteAsync("BroadcastClose", new CronRun(), default), StringComparison.Ordinal);
        Assert.Equal(3, CountBroadcast());

        clock.Advance(TimeSpan.FromDays(6));
        Assert.Contains("Thanksgiving", await broadcast.ExecuteAsync("BroadcastOpen", new CronRun(), default), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "S03")]
    public async Task NotifyOfDeploy_TellsEverySubscriberOnce_WithItsTextEscaped()
    {
        await SayAsync("7", "/start");
        clock.Advance(TimeSpan.FromSeconds(2));
        const string Deploy = """{"commitHash":"0a72a37","commitMessage":"fix: a_b [x] (y) <z> & more\n\nbody","commitUrl":"https://example.org/c?a=1&b=\"2\""}""";
        Assert.Equal(HttpStatusCode.Unauthorized, (await NotifyAsync(Deploy, "wrong-token-of-this-test")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await NotifyAsync("""{"commitHash":"xyz"}""", DeployToken)).StatusCode);

        var answer = await (await NotifyAsync(Deploy, DeployToken)).JsonAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        var again = await (await NotifyAsync(Deploy, DeployToken)).JsonAsync();

        Assert.Equal("""{"success":true,"broadcast":{"totalSubscribers":1,"successful":1,"waiting":0,"failed":0,"errors":[]}}""", answer.GetRawText());
        Assert.Equal(answer.GetRawText(), again.GetRawText());
        Assert.Contains("fix: a_b [x] (y) &lt;z&gt; &amp; more", Assert.Single(telegram.Sent, call => call.Text.Contains("deployed", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    private long CountBroadcast() => Assert.Single(host.Query<long>("SELECT COUNT(*) FROM telegram_outbox WHERE message_key LIKE 'broadcast:%'", "signals"));

    private Task<HttpResponseMessage> NotifyAsync(string body, string token) =>
        host.SendAsync(HttpMethod.Post, "/api/v1/deploy-notify", body, ("Authorization", $"Bearer {token}"));

    private Task<HttpResponseMessage> SayAsync(string chatId, string text) => PostAsync(Update(++updateId, chatId, text));

    private Task<HttpResponseMessage> PostAsync(string body, string secret = TelegramDouble.WebhookSecret) =>
        host.SendAsync(HttpMethod.Post, Webhook, body, ("X-Telegram-Bot-Api-Secret-Token", secret));

    private static string Update(long id, string chatId, string text) => JsonSerializer.Serialize(new
    {
        update_id = id,
        message = new { message_id = id, from = new { id = 7 }, chat = new { id = long.Parse(chatId, System.Globalization.CultureInfo.InvariantCulture), type = "private" }, text },
    });
}
