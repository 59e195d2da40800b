using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Functions.Operations;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Http;

public sealed class HttpConventionsTests : IAsyncLifetime
{
    private const string Allowed = "https://app.example.com";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(new TestHostOptions
    {
        Settings = [("Auth:AllowedOrigins", $"https://other.example.com,{Allowed}")],
        FunctionClasses = [typeof(Samples), typeof(HealthFunctions), typeof(UnknownRouteFunctions)],
    });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Get_AnUnknownPath_Is404()
    {
        var response = await host.Http.GetAsync("/nowhere?secret=1");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("ROUTE_NOT_FOUND", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task Send_AMethodThatAKnownPathDoesNotAnswer_Is405WithAllow()
    {
        var response = await host.SendAsync(HttpMethod.Delete, "/health");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], response.Content.Headers.Allow);
        Assert.Equal("METHOD_NOT_ALLOWED", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task Head_WhereItIsListed_IsGetWithoutABody()
    {
        var response = await host.SendAsync(HttpMethod.Head, "/health");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(15, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Options_APreflightOfAnAllowedOrigin_MayUseThePathsMethods()
    {
        var response = await host.SendAsync(
            HttpMethod.Options, "/health", null, ("Origin", Allowed), ("Access-Control-Request-Method", "GET"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Allowed, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("GET, HEAD, OPTIONS", Header(response, "Access-Control-Allow-Methods"));
        Assert.Contains("Authorization", Header(response, "Access-Control-Allow-Headers")!, StringComparison.Ordinal);
        Assert.Equal("Origin", Header(response, "Vary"));
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("http://app.example.com")]
    [InlineData("https://APP.example.com")]
    [InlineData("null")]
    public async Task Options_APreflightOfAForeignOrigin_GetsNoPermission(string origin)
    {
        var response = await host.SendAsync(HttpMethod.Options, "/health", null, ("Origin", origin), ("Access-Control-Request-Method", "GET"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Options_AnUnknownPath_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Options, "/nowhere", null, ("Origin", Allowed))).StatusCode);

    [Fact]
    public async Task Get_FromAnAllowedOrigin_MayBeReadThere()
    {
        var response = await host.SendAsync(HttpMethod.Get, "/health", null, ("Origin", Allowed));

        Assert.Equal(Allowed, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(response, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task EveryAnswer_HasTheSecurityHeaders()
    {
        foreach (var path in new[] { "/health", "/nowhere", "/throws" })
        {
            var response = await host.Http.GetAsync(path);

            Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
            Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy")!, StringComparison.Ordinal);
            Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
            Assert.Equal("no-store", Header(response, "Cache-Control"));
            Assert.Null(Header(response, "Server"));
        }
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public async Task RequestId_ThatIsFitForALog_IsEchoed_AndAnyOtherReplaced(string sent, bool isEchoed)
    {
        var response = await host.SendAsync(HttpMethod.Get, "/health", null, ("X-Request-ID", sent));

        var answered = Header(response, "X-Request-ID");
        Assert.Equal(isEchoed, answered == sent);
        Assert.Matches("^[A-Za-z0-9._~-]+$", answered);
    }

    [Fact]
    public async Task RequestId_IsInTheLogOfWhatTheFunctionDid()
    {
        await host.SendAsync(HttpMethod.Get, "/throws", null, ("X-Request-ID", "find-me"));

        Assert.Contains(host.Log.Lines, line =>
            line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("find-me", StringComparison.Ordinal)
            && line.Contains("inner secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TraceId_OfAProblem_IsTheCallersTrace()
    {
        var response = await host.SendAsync(
            HttpMethod.Get, "/nowhere", null, ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", (await response.JsonAsync()).GetProperty("traceId").GetString());
    }

    [Theory]
    [InlineData("/throws", 500, "INTERNAL_ERROR")]
    [InlineData("/throws-later", 500, "INTERNAL_ERROR")]
    [InlineData("/bad-result", 500, "INTERNAL_ERROR")]
    [InlineData("/storage", 503, "STORAGE_UNAVAILABLE")]
    [InlineData("/there-already", 409, "CONFLICT")]
    public async Task AFunctionThatThrows_IsAProblemThatTellsNothingOfTheInside(string path, int status, string code)
    {
        var response = await host.Http.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, await response.ProblemCodeAsync());
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryRequest_IsALineInTheLogWithItsRealStatusAndItsScope()
    {
        await host.SendAsync(HttpMethod.Get, "/bad-result", null, ("X-Request-ID", "this-one"));

        await Eventually.TrueAsync(() => host.Log.Lines.Any(IsTheLine));
        var line = Assert.Single(host.Log.Lines, IsTheLine);
        Assert.StartsWith("Warning", line, StringComparison.Ordinal);
        Assert.Contains("answered 500 in ", line, StringComparison.Ordinal);
        Assert.Contains("this-one BadResult]", line, StringComparison.Ordinal);

        static bool IsTheLine(string line) => line.Contains("GET /bad-result answered", StringComparison.Ordinal);
    }

    [Fact]
    public async Task RouteValues_AreBoundToParametersOfTheSameName() =>
        Assert.Equal("""{"status":"7 seven"}""", await host.Http.GetStringAsync("/bound/7/seven"));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public sealed class Samples
    {
        [Function("Throws")]
        [Access(Caller.Anybody)]
        public IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request) =>
            throw new InvalidOperationException($"inner secret of {request.Path}");

        [Function("ThrowsLater")]
        [Access(Caller.Anybody)]
        public async Task<IResult> ThrowsLater([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws-later")] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException($"inner secret of {request.Path}");
        }

        [Function("Storage")]
        [Access(Caller.Anybody)]
        public IResult Storage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "storage")] HttpRequest request) =>
            throw new StorageException("trading", $"secret of {request.Path}", null);

        [Function("ThereAlready")]
        [Access(Caller.Anybody)]
        public IResult ThereAlready([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "there-already")] HttpRequest request) =>
            throw new StorageConstraintException(
                "trading", $"secret of {request.Path}", new BrokenConstraint(ConstraintKind.Unique, "secrets(id)"), new InvalidOperationException());

        [Function("BadResult")]
        [Access(Caller.Anybody)]
        public IResult BadResult([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bad-result")] HttpRequest request) =>
            new ThrowingResult(request.Path);

        [Function("Bound")]
        [Access(Caller.Anybody)]
        public IResult Bound([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bound/{id:long}/{name}")] HttpRequest request, long id, string name) =>
            Reply.Json(new Liveness($"{id} {name}"), OperationsJson.Default.Liveness, request is null ? 500 : 200);

        private sealed class ThrowingResult(string path) : IResult
        {
            public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException($"inner secret of {path}");
        }
    }
}
