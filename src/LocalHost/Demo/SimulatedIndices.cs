using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.LocalHost.Demo;

/// <summary>
/// A real HTTP server in the shapes of CNN's Fear &amp; Greed index and alternative.me's, whose scores of our own making wander by the hour and the day.
/// </summary>
internal sealed class SimulatedIndices : IAsyncDisposable
{
    private const int MostDays = 400;

    private readonly WebApplication app;
    private readonly TimeProvider clock;

    private SimulatedIndices(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
    }

    /// <summary>Where it listens: a free port of this machine.</summary>
    public Uri Address => new(app.Urls.First());

    public static async Task<SimulatedIndices> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var indices = new SimulatedIndices(builder.Build(), clock);
        indices.app.Run(indices.AnswerAsync);
        await indices.app.StartAsync(cancellationToken);
        return indices;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var now = clock.GetInstant();
        JsonObject? answer = http.Request.Path.Value switch
        {
            "/index/fearandgreed/current" => Stocks(now),
            "/fng/" => Crypto(now, int.TryParse(http.Request.Query["limit"], CultureInfo.InvariantCulture, out var days) ? days : 1),
            _ => null,
        };
        if (answer is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private static JsonObject Stocks(Instant now) => new()
    {
        ["rating"] = RatingOf(StocksAt(now)),
        ["score"] = StocksAt(now),
        ["timestamp"] = now.ToIso(),
        ["previous_close"] = StocksAt(now - Duration.FromDays(1)),
        ["previous_1_week"] = StocksAt(now - Duration.FromDays(7)),
        ["previous_1_month"] = StocksAt(now - Duration.FromDays(30)),
        ["previous_1_year"] = StocksAt(now - Duration.FromDays(365)),
    };

    private static JsonObject Crypto(Instant now, int days)
    {
        var today = now.InUtc().Date.AtMidnight().InUtc().ToInstant();
        var list = Enumerable.Range(0, Math.Clamp(days, 1, MostDays)).Select(day => today - Duration.FromDays(day)).Select(date => (JsonNode?)new JsonObject
        {
            ["value"] = CryptoOn(date).ToString(CultureInfo.InvariantCulture),
            ["value_classification"] = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(RatingOf(CryptoOn(date))),
            ["timestamp"] = date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        });
        return new JsonObject { ["name"] = "Fear and Greed Index", ["data"] = new JsonArray([.. list]), ["metadata"] = new JsonObject { ["error"] = null } };
    }

    /// <summary>Fear more often than greed, so that the demo has something to buy.</summary>
    private static double StocksAt(Instant at) => Math.Round(36 + (26 * Wave(at, 11)) + (6 * Wave(at, 0.25)), 2);

    private static int CryptoOn(Instant date) => (int)Math.Round(50 + (35 * Wave(date, 17)) + (10 * Wave(date, 4)));

    private static double Wave(Instant at, double days) => Math.Sin(2 * Math.PI * at.ToUnixTimeSeconds() / (86_400 * days));

    private static string RatingOf(double score) => score switch
    {
        < 25 => "extreme fear",
        < 45 => "fear",
        <= 55 => "neutral",
        <= 75 => "greed",
        _ => "extreme greed",
    };
}
