using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;

namespace TraderHub.LocalHost.Demo;

/// <summary>A real HTTP server that answers in the shape of Yahoo's chart API, with prices of our own making up to its clock's time.</summary>
internal sealed class SimulatedQuotes : IAsyncDisposable
{
    private const string ChartPath = "/v8/finance/chart/";

    private readonly WebApplication app;
    private readonly TimeProvider clock;

    private SimulatedQuotes(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
    }

    /// <summary>Where it listens: a free port of this machine.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Starts a server.</summary>
    public static async Task<SimulatedQuotes> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var quotes = new SimulatedQuotes(builder.Build(), clock);
        quotes.app.Run(quotes.AnswerAsync);
        await quotes.app.StartAsync(cancellationToken);
        return quotes;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? string.Empty;
        var symbol = path.StartsWith(ChartPath, StringComparison.Ordinal) ? path[ChartPath.Length..] : string.Empty;
        if (symbol.Length == 0)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(ChartOf(symbol).ToJsonString(), http.RequestAborted);
    }

    private JsonObject ChartOf(string symbol)
    {
        var now = clock.GetInstant();
        var sessions = SimulatedStocks.Sessions(now).ToList();
        var result = new JsonObject
        {
            ["meta"] = new JsonObject
            {
                ["symbol"] = symbol,
                ["currency"] = "USD",
                ["exchangeTimezoneName"] = "America/New_York",
                ["dataGranularity"] = "1d",
                ["regularMarketPrice"] = SimulatedStocks.PriceAt(symbol, sessions[^1].At),
            },
            ["timestamp"] = List(session => session.Open.ToUnixTimeSeconds()),
            ["indicators"] = new JsonObject
            {
                ["quote"] = new JsonArray(new JsonObject
                {
                    ["open"] = List(session => SimulatedStocks.DayOf(symbol, session).Open),
                    ["high"] = List(session => SimulatedStocks.DayOf(symbol, session).High),
                    ["low"] = List(session => SimulatedStocks.DayOf(symbol, session).Low),
                    ["close"] = List(session => SimulatedStocks.PriceAt(symbol, session.At)),
                    ["volume"] = List(session => SimulatedStocks.VolumeOf(symbol, session)),
                }),
            },
        };
        return new JsonObject { ["chart"] = new JsonObject { ["result"] = new JsonArray(result), ["error"] = null } };

        JsonArray List<T>(Func<(NodaTime.Instant Open, NodaTime.Instant At), T> value) => [.. sessions.Select(session => (JsonNode?)JsonValue.Create(value(session)))];
    }
}
