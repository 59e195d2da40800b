using System.Net;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class CancellationTests(SharedWorker worker)
{
    private readonly SlowQuote quote = new(worker.Quotes);

    [Fact]
    public void Worker_SaysThatItHandlesCancellation() => Assert.Equal(bool.TrueString, worker.Host.Capabilities["HandlesInvocationCancelMessage"]);

    [Fact]
    public async Task Cancel_ARequestThatWaitsForAnUpstream_EndsBoth()
    {
        var invocation = worker.Host.Begin(SlowQuote.Request());
        await quote.Asked;

        worker.Host.Cancel(invocation);

        using var response = await invocation.Response;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        FunctionsHost.AssertSuccess(await invocation.Ended);
        await quote.HungUp;
    }

    [Fact]
    public async Task Cancel_AfterTheEnd_ChangesNothing()
    {
        var invocation = worker.Host.Begin(Requests.Get("/health"));
        using var response = await invocation.Response;
        await invocation.Ended;

        worker.Host.Cancel(invocation);

        using var next = await worker.Host.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task HangUp_WhileARequestWaitsForAnUpstream_EndsBoth()
    {
        var invocation = worker.Host.Begin(SlowQuote.Request());
        await quote.Asked;

        await worker.Host.HangUpAsync(invocation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invocation.Response);
        await invocation.Ended;
        await quote.HungUp;
    }
}
