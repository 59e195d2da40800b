using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>A real HTTP server that answers the exchange's info requests for accounts of our own making, in the exchange's shapes and within its limits.</summary>
internal sealed class SimulatedExchange : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly InfoAnswers answers;
    private readonly SimulatedFaults faults;
    private readonly TimeProvider clock;
    private long requests;

    private SimulatedExchange(WebApplication app, SimulatedAccounts accounts, SimulatedExchangeOptions options, TimeProvider clock)
    {
        this.app = app;
        this.clock = clock;
        answers = new InfoAnswers(accounts);
        faults = options.Faults;
        Weight = new WeightWindow(options.WeightPerMinute, clock);
    }

    /// <summary>Where it listens: a free port of this machine.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>What its callers used of the limit; all of them count as one address.</summary>
    public WeightWindow Weight { get; }

    /// <summary>Starts an exchange with some accounts.</summary>
    public static async Task<SimulatedExchange> StartAsync(
        SimulatedAccounts accounts, SimulatedExchangeOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var exchange = new SimulatedExchange(builder.Build(), accounts, options, clock);
        exchange.app.Run(exchange.AnswerAsync);
        await exchange.app.StartAsync(cancellationToken);
        return exchange;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (faults.Latency > TimeSpan.Zero)
        {
            await Task.Delay(faults.Latency, clock, http.RequestAborted);
        }

        switch (faults.Of(Interlocked.Increment(ref requests)))
        {
            case SimulatedFault.InternalError:
                await WriteAsync(http, StatusCodes.Status500InternalServerError, "application/json", "null");
                break;
            case SimulatedFault.BadGateway:
                await WriteAsync(http, StatusCodes.Status502BadGateway, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>");
                break;
            case var fault:
                await AnswerAsync(http, isBroken: fault == SimulatedFault.BrokenBody);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext http, bool isBroken)
    {
        var question = http.Request.Path == "/info" && HttpMethods.IsPost(http.Request.Method) ? await InfoQuestion.ReadAsync(http.Request.Body, http.RequestAborted) : null;
        if (!Weight.TryUse(InfoWeights.Of(question?.Type ?? string.Empty)))
        {
            await WriteAsync(http, StatusCodes.Status429TooManyRequests, "application/json", "null");
        }
        else if (question is null || !answers.TryAnswer(question, clock.GetUtcNow(), out var answer))
        {
            await WriteAsync(http, StatusCodes.Status422UnprocessableEntity, "text/plain; charset=utf-8", "Failed to deserialize the JSON body into the target type");
        }
        else
        {
            Weight.Add(InfoWeights.OfRows(question.Type, answer));
            await WriteAsync(http, StatusCodes.Status200OK, "application/json", answer!.ToJsonString(), isBroken);
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, string contentType, string text, bool isBroken = false)
    {
        var body = Encoding.UTF8.GetBytes(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(isBroken ? body.AsMemory(0, body.Length / 2) : body, http.RequestAborted);
        if (isBroken)
        {
            http.Abort();
        }
    }
}

/// <summary>How the simulated exchange behaves.</summary>
internal sealed record SimulatedExchangeOptions
{
    /// <summary>The weight that may be used in sixty seconds; null for any amount.</summary>
    public int? WeightPerMinute { get; init; } = 1200;

    /// <summary>What goes wrong.</summary>
    public SimulatedFaults Faults { get; init; } = new();
}
