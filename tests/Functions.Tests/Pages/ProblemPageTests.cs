using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Functions.Tests.Http;

namespace TraderHub.Functions.Tests.Pages;

public sealed class ProblemPageTests : IAsyncLifetime
{
    private TestHost host = null!;
    private BrowserClient browser = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(new TestHostOptions { FunctionClasses = [typeof(Broken), typeof(UnknownRouteFunctions)] });
        browser = new BrowserClient(host);
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("/nowhere", 404, "ROUTE_NOT_FOUND", "There is nothing here")]
    [InlineData("/broken", 500, "INTERNAL_ERROR", "Something went wrong")]
    [InlineData("/away", 503, "STORAGE_UNAVAILABLE", "Not at the moment")]
    public async Task AProblem_IsAPageForABrowser_AndJsonForAProgram(string path, int status, string code, string title)
    {
        var shown = await browser.GetAsync(path);
        var page = await shown.Content.ReadAsStringAsync();
        var told = await host.Http.GetAsync(path);

        Assert.Equal(status, (int)shown.StatusCode);
        Assert.Equal("text/html", shown.Content.Headers.ContentType!.MediaType);
        Assert.Contains("script-src 'self'", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains($">{title}</h1>", page, StringComparison.Ordinal);
        Assert.Contains(code, page, StringComparison.Ordinal);
        Assert.DoesNotContain("inner secret", page, StringComparison.Ordinal);
        Assert.Equal(status, (int)told.StatusCode);
        Assert.Equal(code, await told.ProblemCodeAsync());
    }

    [Theory]
    [InlineData("/api/nowhere")]
    [InlineData("/API/nowhere")]
    public async Task TheApi_TellsItsProblemsToBrowsersAsJsonToo(string path) =>
        Assert.Equal("ROUTE_NOT_FOUND", await (await browser.GetAsync(path)).ProblemCodeAsync());

    [Fact]
    public async Task TheAddressThatWasAskedFor_IsTextOnThePage()
    {
        var response = await browser.GetAsync("/%3Cscript%3Ealert(1)%3C/script%3E");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("<script>alert", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public sealed class Broken
    {
        [Function("Away")]
        [Access(Caller.Anybody)]
        [Page]
        public IResult Away([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "away")] HttpRequest request) =>
            throw new StorageException("trading", $"inner secret of {request.Path}", null);

        [Function("BreaksDown")]
        [Access(Caller.Anybody)]
        [Page]
        public IResult BreaksDown([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
            throw new InvalidOperationException($"inner secret of {request.Path}");
    }
}
