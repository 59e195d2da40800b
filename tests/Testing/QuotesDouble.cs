using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Testing;

/// <summary>A real HTTP server in the place of Yahoo's chart API: it answers for each symbol as a test says, also badly.</summary>
public sealed class QuotesDouble : IAsyncDisposable
{
    private const string ChartPath = "/v8/finance/chart/";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    private QuotesDouble(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>The symbols that were asked for, with the query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<QuotesDouble> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var quotes = new QuotesDouble(builder.Build());
        quotes.app.Run(quotes.AnswerAsync);
        await quotes.app.StartAsync();
        return quotes;
    }

    /// <summary>Answers for a symbol with anything.</summary>
    public void Answer(string symbol, int status, string contentType, string body) => Answer(symbol, async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body);
    });

    /// <summary>Answers for a symbol as the test likes.</summary>
    public void Answer(string symbol, Func<HttpContext, Task> answer) => answers[symbol] = answer;

    /// <summary>Answers for a symbol with closing prices: those of weekdays, the last one on a date.</summary>
    public void AnswerPrices(string symbol, DateOnly last, IReadOnlyList<decimal> closes) => Answer(symbol, 200, "application/json", ChartOf(last, closes));

    /// <summary>Answers for a symbol with a chart of days: each has its close, and its high and low so far from it.</summary>
    public void AnswerChart(string symbol, DateOnly last, IReadOnlyList<decimal> closes, decimal price, decimal spread = 0) => Answer(
        symbol,
        200,
        "application/json",
        $$$"""
            {"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York","regularMarketPrice":{{{Text(price)}}}},"timestamp":[{{{Times(last, closes.Count)}}}],
            "indicators":{"quote":[{"open":[{{{Join(closes)}}}],"high":[{{{Join(closes.Select(close => close + spread))}}}],"low":[{{{Join(closes.Select(close => close - spread))}}}],
            "close":[{{{Join(closes)}}}],"volume":[{{{Join(closes.Select(_ => 1000m))}}}]}]}}],"error":null}}
            """);

    /// <summary>Never answers for a symbol, until the caller hangs up.</summary>
    public void NeverAnswer(string symbol) => Answer(symbol, async http =>
    {
        var hungUp = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(hungUp.SetResult);
        await hungUp.Task;
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string ChartOf(DateOnly last, IReadOnlyList<decimal> closes) =>
        new StringBuilder("""{"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York"},"timestamp":[""").Append(Times(last, closes.Count))
            .Append("""],"indicators":{"quote":[{"close":[""").Append(Join(closes)).Append("""]}]}}],"error":null}}""").ToString();

    /// <summary>The times of weekdays, the last one on a date. 15:00 UTC is the same date in New York, in summer and in winter.</summary>
    private static string Times(DateOnly last, int count)
    {
        var dates = new List<DateOnly>();
        for (var date = last; dates.Count < count; date = date.AddDays(-1))
        {
            if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                dates.Insert(0, date);
            }
        }

        return string.Join(',', dates.Select(date => new DateTimeOffset(date.ToDateTime(new TimeOnly(15, 0)), TimeSpan.Zero).ToUnixTimeSeconds()));
    }

    private static string Join(IEnumerable<decimal> prices) => string.Join(',', prices.Select(Text));

    private static string Text(decimal price) => price.ToString(CultureInfo.InvariantCulture);

    private async Task AnswerAsync(HttpContext http)
    {
        var symbol = http.Request.Path.Value![ChartPath.Length..];
        Requests.Enqueue(symbol + http.Request.QueryString);
        if (answers.TryGetValue(symbol, out var answer))
        {
            await answer(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}""");
    }
}
