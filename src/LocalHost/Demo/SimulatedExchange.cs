using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo;

/// <summary>A real HTTP server that answers the exchange's info requests for accounts of our own making.</summary>
internal sealed class SimulatedExchange : IAsyncDisposable
{
    private static readonly SimulatedAccount TradersAccount = new(
        25_000m,
        [
            new SimulatedPosition("BTC", 0.35m, 63_850.5m, 10),
            new SimulatedPosition("ETH", -4.2m, 3_190m, 5),
            new SimulatedPosition("SOL", 60m, 146.2m, 5),
        ],
        [new SimulatedHolding("USDC", 0, 1_250.75m, 100m), new SimulatedHolding("HYPE", 150, 42.5m, 0m)]);

    private readonly WebApplication app;
    private readonly WalletAddress trader;
    private readonly TimeProvider clock;

    private SimulatedExchange(WebApplication app, WalletAddress trader, TimeProvider clock)
    {
        this.app = app;
        this.trader = trader;
        this.clock = clock;
    }

    /// <summary>Where it listens: a free port of this machine.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Starts an exchange where one trader has an account.</summary>
    public static async Task<SimulatedExchange> StartAsync(WalletAddress trader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var exchange = new SimulatedExchange(builder.Build(), trader, clock);
        exchange.app.Run(exchange.AnswerAsync);
        await exchange.app.StartAsync(cancellationToken);
        return exchange;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (await ReadAnswerAsync(http.Request) is not { } answer)
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await http.Response.WriteAsync("Failed to deserialize the JSON body into the target type", http.RequestAborted);
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private async Task<JsonNode?> ReadAnswerAsync(HttpRequest request)
    {
        if (request.Path != "/info" || await ReadJsonAsync(request) is not { } question)
        {
            return null;
        }

        var account = (string?)question["user"] == trader.ToString() ? TradersAccount : SimulatedAccount.Empty;
        return (string?)question["type"] switch
        {
            "clearinghouseState" => account.ToClearinghouseState(clock.GetUtcNow()),
            "spotClearinghouseState" => account.ToSpotClearinghouseState(),
            _ => null,
        };
    }

    private static async Task<JsonObject?> ReadJsonAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
