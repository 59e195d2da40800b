using Microsoft.AspNetCore.Http;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

/// <summary>A stock whose price is answered when a test lets it: whoever asks for it waits until then.</summary>
internal sealed class SlowQuote
{
    private const string Symbol = "SLOW";

    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowQuote(QuotesDouble quotes) => quotes.Answer(Symbol, AnswerAsync);

    /// <summary>Ends when the price has been asked for.</summary>
    public Task Asked => asked.Task.WaitAsync(Eventually.Limit);

    /// <summary>Ends when whoever asked has hung up.</summary>
    public Task HungUp => hungUp.Task.WaitAsync(Eventually.Limit);

    /// <summary>A request whose answer waits for the price.</summary>
    public static HttpRequestMessage Request() =>
        Requests.Get($"/api/v1/sentiment/analysis?symbols={Symbol}", ("Authorization", $"Bearer {SharedWorker.AdminToken}"));

    /// <summary>Lets the answer go: there is no such stock.</summary>
    public void Release() => released.TrySetResult();

    private async Task AnswerAsync(HttpContext http)
    {
        asked.TrySetResult();
        await using var registration = http.RequestAborted.Register(() => hungUp.TrySetResult());
        await Task.WhenAny(released.Task, hungUp.Task);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
