using System.Net;
using TraderHub.Functions.Http;
using TraderHub.Worker.Tests.Protocol;
using Xunit.Abstractions;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class EveryFunctionTests(SharedWorker worker, ITestOutputHelper output)
{
    /// <summary>Failures that tell of an upstream, for the exchange and GitHub are not there.</summary>
    private static readonly HttpStatusCode[] UpstreamFailures = [HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private static readonly FunctionCatalog Catalog = FunctionCatalog.OfTraderHub();

    [Fact]
    public async Task EveryHttpFunction_ByARequestOfItsRoute_IsAnsweredByOurCode()
    {
        var statuses = new List<(string Function, HttpStatusCode Status)>();
        foreach (var function in Catalog.Http)
        {
            var invocation = worker.Host.Begin(SampleRequest.Of(function, await worker.Callers.SignInAsync(function.Caller)));
            Assert.Equal(function.Name, invocation.Function);
            using var response = await invocation.Response;
            FunctionsHost.AssertSuccess(await invocation.Ended);
            statuses.Add((function.Name, response.StatusCode));

            Assert.True(response.Headers.Contains("X-Request-ID"), $"{function.Name} was answered {response.StatusCode} by something else than our code.");
            Assert.True(IsAnswer(function, response.StatusCode), $"{function.Name}: {response.StatusCode}\n{string.Join('\n', worker.Host.ErrorsLogged)}");
        }

        foreach (var status in statuses.GroupBy(call => (int)call.Status, call => call.Function).OrderBy(group => group.Key))
        {
            output.WriteLine($"{status.Key}: {status.Count()} ({string.Join(", ", status)})");
        }

        output.WriteLine($"{statuses.Count} HTTP functions called; the worker holds {worker.Host.Worker.WorkingSet / 1_000_000.0:F0} MB");
    }

    [Fact]
    public async Task EveryTimerFunction_ByItsTrigger_Succeeds()
    {
        foreach (var timer in Catalog.Timers)
        {
            var started = TimeProvider.System.GetTimestamp();
            var result = await worker.Host.RunTimerAsync(timer.Name);
            output.WriteLine($"{timer.Name}: {result.Status} in {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:F0} ms");

            Assert.True(result.Status == StatusResult.Types.Status.Success, $"{timer.Name}: {result.Exception?.Message}");
        }

        output.WriteLine($"{Catalog.Timers.Count} timer functions run; the worker holds {worker.Host.Worker.WorkingSet / 1_000_000.0:F0} MB");
    }

    /// <summary>Whether a status can come from the function itself: neither a failure of ours nor a refusal of somebody who may call it.</summary>
    private static bool IsAnswer(HttpFunction function, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => function.Caller == Caller.Anybody,
        >= HttpStatusCode.InternalServerError => UpstreamFailures.Contains(status),
        _ => true,
    };
}
