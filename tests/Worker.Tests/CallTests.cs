using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class CallTests(SharedWorker worker)
{
    private const string NoncePath = "/api/auth/nonce";

    private const string Nonce = $$"""{"address":"{{SharedWorker.Wallet}}"}""";

    private static readonly (string, string)[] HostileHeaders =
        [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-For", "198.51.100.7")];

    [Fact]
    public async Task Get_Json_IsAnswered()
    {
        using var response = await worker.Host.GetAsync("/health");

        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_APage_IsHtml()
    {
        using var response = await worker.Host.SendAsync(Requests.Get("/", ("Accept", "text/html")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("</html>", (await response.Content.ReadAsStringAsync()).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F7")]
    public async Task Get_WithAcceptEncoding_IsCompressed()
    {
        using var response = await worker.Host.SendAsync(Requests.Get("/api/openapi.json", ("Accept-Encoding", "gzip, br")));

        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        Assert.EndsWith("-br\"", response.Headers.ETag?.Tag, StringComparison.Ordinal);
        Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 1_000, 60_000);
    }

    [Fact]
    [Trait("Case", "F2")]
    public async Task Get_HealthAfterATimerRan_TellsItsRun()
    {
        await worker.Host.RunTimerAsync("CaptureSnapshots");

        using var response = await worker.Host.SendAsync(Requests.Get("/api/health", ("Authorization", $"Bearer {SharedWorker.AdminToken}")));

        using var health = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var timers = health.RootElement.GetProperty("timers").EnumerateArray().ToDictionary(timer => timer.GetProperty("name").GetString()!);
        Assert.Equal("succeeded", timers["CaptureSnapshots"].GetProperty("result").GetString());
        Assert.NotNull(timers["CaptureSnapshots"].GetProperty("last").GetString());
        Assert.All(timers.Values, timer => Assert.NotNull(timer.GetProperty("next").GetString()));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Get_OfANamedSite_IsForHttpsWhateverTheCallerSays(string scheme)
    {
        using var response = await worker.Host.SendAsync(Requests.Get("/health", ("X-Forwarded-Proto", scheme)));

        Assert.Equal("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Get_AnUnknownRoute_Is404()
    {
        using var response = await worker.Host.GetAsync("/api/nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("ROUTE_NOT_FOUND", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task Options_FromAPageThatIsNotAllowed_IsAnsweredWithoutLettingItIn()
    {
        using var response = await worker.Host.SendAsync(Requests.Create(
            HttpMethod.Options, "/api/balance", content: null, ("Origin", "https://other.example"), ("Access-Control-Request-Method", "GET")));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Options_FromAnAllowedPage_LetsItIn()
    {
        using var response = await worker.Host.SendAsync(Requests.Create(
            HttpMethod.Options, "/api/balance", content: null, ("Origin", SharedWorker.AllowedOrigin), ("Access-Control-Request-Method", "GET")));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(SharedWorker.AllowedOrigin, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Post_Json_IsRead()
    {
        using var response = await worker.Host.SendAsync(Requests.PostJson(NoncePath, Nonce));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"{SharedWorker.Domain} wants you to sign in", (await response.JsonAsync()).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(29_000_000)]
    [InlineData(31_000_000)]
    [Trait("Case", "F3")]
    public async Task Post_ABodyOverTheLimit_IsRefusedWithAProblem(int size)
    {
        var body = new ByteArrayContent(new byte[size]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var response = await worker.Host.SendAsync(Requests.Create(HttpMethod.Post, NoncePath, body));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("BODY_TOO_LARGE", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task Post_ForgedForwardedHeaders_DoNotChangeTheDomainThatWalletsSignInTo()
    {
        using var response = await worker.Host.SendAsync(Requests.PostJson(NoncePath, Nonce, HostileHeaders));

        var message = (await response.JsonAsync()).GetProperty("message").GetString();
        Assert.StartsWith($"{SharedWorker.Domain} wants you to sign in", message, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ForgedForwardedHeaders_DoNotChangeLinksAndCookies()
    {
        using var response = await worker.Host.SendAsync(Requests.Get("/auth/github/login", HostileHeaders));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains(Uri.EscapeDataString($"https://{SharedWorker.Domain}/auth/github/callback"), response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.All(response.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("evil.example", response.Headers.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_APageWithForgedForwardedHeaders_DoesNotNameThem()
    {
        using var response = await worker.Host.SendAsync(Requests.Get("/", [("Accept", "text/html"), .. HostileHeaders]));

        Assert.DoesNotContain("evil.example", $"{response.Headers} {await response.Content.ReadAsStringAsync()}", StringComparison.Ordinal);
    }
}
