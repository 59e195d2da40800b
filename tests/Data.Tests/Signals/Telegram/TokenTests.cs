using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Sql;
using TraderHub.Data.Upstream.Telegram;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>The token is in each request's path, and nowhere else, however a call fails.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Secret = "AAF-recognisable_token_of_this_test";

    private readonly ConcurrentQueue<string> told = new();
    private readonly ActivityListener activities;
    private readonly HttpEvents events;
    private readonly IDisposable diagnostics;

    public TokenTests()
    {
        activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(one => one.Tags))}"),
        };
        ActivitySource.AddActivityListener(activities);
        events = new HttpEvents(told);
        diagnostics = DiagnosticListener.AllListeners.Subscribe(new Listeners(told));
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("tls")]
    [InlineData("hang-up")]
    [InlineData("timeout")]
    [InlineData("500")]
    [InlineData("html")]
    [InlineData("redirect")]
    [InlineData("echo")]
    [InlineData("sent")]
    public async Task Call_HoweverItEnds_NamesTheTokenNowhere(string fault)
    {
        var clock = new ManualClock("2026-11-20T14:40:00Z");
        await using var place = await OutboxPlace.CreateAsync(DatabaseProvider.Sqlite, clock);
        var address = fault switch
        {
            "unreachable" => $"http://127.0.0.1:{FreePort()}",
            "tls" => place.Telegram.Address.ToString().Replace("http:", "https:", StringComparison.Ordinal),
            _ => place.Telegram.Address.ToString(),
        };
        Prepare(place.Telegram, fault);
        var services = place.Open(("Telegram:BaseUrl", address));
        var outbox = services.GetRequiredService<ITelegramOutbox>();
        await outbox.AddAsync([new("7", "a", "text")], CancellationToken.None);

        var sending = outbox.SendAllAsync(TimeSpan.FromMilliseconds(500), CancellationToken.None);
        var reading = Record.ExceptionAsync(() => services.GetRequiredService<ITelegramWebhook>().ReadAsync(CancellationToken.None));
        while (!sending.IsCompleted || !reading.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            clock.Advance(fault == "timeout" ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1));
        }

        await sending;
        var exception = await reading;
        Assert.Equal(fault == "sent", exception is null);
        told.Enqueue($"{exception}");
        told.Enqueue($"{exception?.Data.Count} {(exception as UpstreamException)?.InnerException?.StackTrace}");
        told.Enqueue($"{services.GetRequiredService<TelegramOptions>()}");
        foreach (var line in place.Log.Lines.Concat(await place.Database.QueryAsync<string>("SELECT COALESCE(error, '') FROM telegram_outbox", null, CancellationToken.None)))
        {
            told.Enqueue(line);
        }

        Assert.DoesNotContain(told, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        if (fault == "sent")
        {
            // The listeners do hear of the requests, by an address without the token.
            Assert.Contains(told, line => line.Contains("/sendMessage", StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        activities.Dispose();
        events.Dispose();
        diagnostics.Dispose();
    }

    private static void Prepare(TelegramDouble telegram, string fault)
    {
        Func<Microsoft.AspNetCore.Http.HttpContext, Task>? answer = fault switch
        {
            "hang-up" => http =>
            {
                http.Abort();
                return Task.CompletedTask;
            }
            ,
            "timeout" => TelegramDouble.Never,
            "500" => TelegramDouble.Refuse(500, $"Internal Server Error at /bot{TelegramDouble.Token}/x"),
            "html" => TelegramDouble.With(502, "text/html", $"<html>/bot{TelegramDouble.Token}/x failed</html>"),
            "redirect" => http =>
            {
                http.Response.Redirect($"/bot{TelegramDouble.Token}/elsewhere");
                return Task.CompletedTask;
            }
            ,
            "echo" => TelegramDouble.Refuse(400, $"Bad Request: /bot{TelegramDouble.Token}/x is not understood"),
            _ => null,
        };
        if (answer is not null)
        {
            telegram.Answer("7", answer);
            telegram.Answer("getMe", answer);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class HttpEvents(ConcurrentQueue<string> told) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Security" or "System.Net.Sockets" or "System.Net.NameResolution")
            {
                EnableEvents(eventSource, EventLevel.LogAlways);
            }
        }

        // The base class may tell of events before this one has its queue.
        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            told?.Enqueue(new StringBuilder(eventData.EventName).Append(' ').AppendJoin(' ', eventData.Payload ?? []).ToString());
    }

    private sealed class Listeners(ConcurrentQueue<string> told) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value) => value.Subscribe(this);

        public void OnNext(KeyValuePair<string, object?> value) => told.Enqueue($"{value.Key} {value.Value}");

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
