using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Functions.Http;
using TraderHub.Testing;
using TraderHub.Worker.Tests.Protocol;

namespace TraderHub.Worker.Tests;

/// <summary>
/// The Functions host's part: it listens for a worker, starts it, loads its functions, and passes requests and timers on to it. Requests are sent to the
/// worker as the host forwards them, by the invocation's id.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private const string InvocationIdHeader = "x-ms-invocation-id";

    private readonly WebApplication app;
    private readonly WorkerStream stream;
    private readonly HttpClient forwarder = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private FunctionRoutes? routes;

    private FunctionsHost(WebApplication app, WorkerProcess worker)
    {
        this.app = app;
        stream = app.Services.GetRequiredService<WorkerStream>();
        Worker = worker;
    }

    public WorkerProcess Worker { get; }

    /// <summary>What the worker says it can do.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>The functions that the worker reported, by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions { get; private set; } = new Dictionary<string, RpcFunctionMetadata>();

    /// <summary>The errors that the worker logged through this host.</summary>
    public IEnumerable<string> ErrorsLogged => stream.Logs
        .Where(log => log.Level >= RpcLog.Types.Level.Error)
        .Select(log => $"{log.Category}: {log.Message} {log.Exception?.Message}");

    /// <summary>Starts a worker, and goes no further: it may be one that ends at its start.</summary>
    public static async Task<FunctionsHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton<WorkerStream>();
        var app = builder.Build();
        app.MapGrpcService<WorkerStream>();
        await app.StartAsync();
        return new FunctionsHost(app, WorkerProcess.Start(PublishedApp.Folder, new Uri(app.Urls.Single()), Guid.NewGuid().ToString(), settings));
    }

    /// <summary>Initializes the worker, asks for its functions and loads them.</summary>
    public async Task LoadAsync()
    {
        await Eventually.TrueAsync(() => stream.Started.IsCompleted || Worker.HasExited);
        Assert.False(Worker.HasExited, $"The worker ended at its start: {string.Join('\n', Worker.Errors)}");
        var initialized = (await stream.AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest
            {
                HostVersion = "4.1037.0",
                WorkerDirectory = PublishedApp.Folder,
                FunctionAppDirectory = PublishedApp.Folder,
            },
        })).WorkerInitResponse;
        AssertSuccess(initialized.Result);
        Capabilities = new Dictionary<string, string>(initialized.Capabilities);
        forwarder.BaseAddress = new Uri(initialized.Capabilities["HttpUri"]);

        var reported = (await stream.AskAsync(new StreamingMessage
        {
            FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = PublishedApp.Folder },
        })).FunctionMetadataResponse;
        AssertSuccess(reported.Result);
        Assert.False(reported.UseDefaultMetadataIndexing);
        Functions = reported.FunctionMetadataResults.ToDictionary(function => function.Name);
        foreach (var function in reported.FunctionMetadataResults)
        {
            var request = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            AssertSuccess((await stream.AskAsync(new StreamingMessage { FunctionLoadRequest = request })).FunctionLoadResponse.Result);
        }
    }

    /// <summary>Runs a timer function as on its schedule.</summary>
    public Task<StatusResult> RunTimerAsync(string function)
    {
        const string Timer = """
            {"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-11-30T10:00:00+00:00","LastUpdated":"2026-11-30T10:00:00+00:00","Next":"2026-11-30T10:10:00+00:00"},"IsPastDue":false}
            """;
        var trigger = new ParameterBinding { Name = "timer", Data = new TypedData { Json = Timer } };
        return InvokeAsync(function, new InvocationRequest { InvocationId = Guid.NewGuid().ToString(), InputData = { trigger } });
    }

    /// <summary>Begins a request: finds its function, invokes it, and forwards the request to the worker.</summary>
    public HttpInvocation Begin(HttpRequestMessage request)
    {
        routes ??= new FunctionRoutes(FunctionCatalog.OfTraderHub(), app.Services.GetRequiredService<IInlineConstraintResolver>());
        var path = Uri.UnescapeDataString(request.RequestUri!.OriginalString.Split('?')[0]);
        Assert.True(routes.TryMatch(path, request.Method.Method, out var function, out var values), $"No function answers {request.Method} {path}.");

        var invocation = new InvocationRequest { InvocationId = Guid.NewGuid().ToString() };
        foreach (var (name, value) in values)
        {
            invocation.TriggerMetadata.Add(name, new TypedData { String = Convert.ToString(value, CultureInfo.InvariantCulture) });
        }

        request.Headers.Add(InvocationIdHeader, invocation.InvocationId);
        var forwarding = new CancellationTokenSource();
        return new HttpInvocation(
            invocation.InvocationId, function.Name, forwarder.SendAsync(request, forwarding.Token), InvokeAsync(function.Name, invocation), forwarding);
    }

    /// <summary>Sends a request, and waits until its function has ended too.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var invocation = Begin(request);
        var response = await invocation.Response;
        AssertSuccess(await invocation.Ended);
        return response;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Asks the worker to give an invocation up.</summary>
    public void Cancel(HttpInvocation invocation) => stream.Tell(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocation.Id } });

    /// <summary>Does what the host does when a client hangs up: it gives the forwarded request up, and the invocation.</summary>
    public async Task HangUpAsync(HttpInvocation invocation)
    {
        await invocation.Forwarding.CancelAsync();
        Cancel(invocation);
    }

    /// <summary>Asks the worker to end.</summary>
    public void TellToTerminate() => stream.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });

    public async ValueTask DisposeAsync()
    {
        forwarder.Dispose();
        await Worker.DisposeAsync();
        await app.DisposeAsync();
    }

    public static void AssertSuccess(StatusResult result) =>
        Assert.True(result.Status == StatusResult.Types.Status.Success, $"{result.Status}: {result.Exception?.Message}");

    private async Task<StatusResult> InvokeAsync(string function, InvocationRequest request)
    {
        request.FunctionId = Functions[function].FunctionId;
        request.TraceContext = new RpcTraceContext { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" };
        return (await stream.AskAsync(new StreamingMessage { InvocationRequest = request })).InvocationResponse.Result;
    }
}

/// <summary>A request on its way.</summary>
/// <param name="Id">The invocation's id.</param>
/// <param name="Function">The function that it reached.</param>
/// <param name="Response">The answer over HTTP.</param>
/// <param name="Ended">What the worker says to its host when the function has ended.</param>
/// <param name="Forwarding">Breaks the request off.</param>
internal sealed record HttpInvocation(
    string Id, string Function, Task<HttpResponseMessage> Response, Task<StatusResult> Ended, CancellationTokenSource Forwarding);
