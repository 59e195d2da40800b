using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;
using TraderHub.Functions.Pages;
using TraderHub.Functions.Tests.Http;

namespace TraderHub.Functions.Tests.Pages;

public sealed class PageFormTests : IAsyncLifetime
{
    private TestHost host = null!;
    private BrowserClient browser = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        browser = new BrowserClient(host);
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task EveryFormOfAPage_WithoutItsToken_IsRefused()
    {
        var forms = FunctionCatalog.OfTraderHub().Http.Where(function => function is { IsPage: true, IsRead: false }).ToList();
        browser.SetSession(await host.SignInAsync(TestHost.Trader));

        Assert.NotEmpty(forms);
        foreach (var form in forms)
        {
            var response = await host.SendAsync(
                HttpMethod.Post, $"/{form.Route}", null, ("Cookie", $"hyper-trader-session={browser.Cookies["hyper-trader-session"]}"), ("X-Requested-With", "fetch"));
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);

            var empty = await browser.PostAsync($"/{form.Route}", ("form-token", "forged"));
            Assert.Equal(HttpStatusCode.Forbidden, empty.StatusCode);
            Assert.Contains("FORM_TOKEN_NOT_VALID", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal([1L], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made-up")]
    public async Task AFormWithoutItsToken_IsNotLoggedBeyondTheRequest(string? cookie)
    {
        var form = new FormUrlEncodedContent([new("form-token", "forged"), new("theme", "dark")]);
        await browser.ReadAsync("/");
        var name = browser.Cookies.Keys.Single(key => key.Contains("form", StringComparison.Ordinal));
        using var post = new HttpRequestMessage(HttpMethod.Post, "/theme") { Content = form };
        using var get = new HttpRequestMessage(HttpMethod.Get, "/");
        foreach (var request in new[] { post, get })
        {
            request.Headers.Add("Cookie", cookie is null ? [] : [$"{name}={cookie}"]);
            await host.Http.SendAsync(request);
        }

        Assert.DoesNotContain(host.Log.Lines, line => line.StartsWith("Warning Microsoft.AspNetCore.Antiforgery", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ATokenOfAnotherBrowser_IsRefused()
    {
        using var other = new BrowserClient(host);
        await browser.ReadAsync("/");

        var response = await browser.PostAsync("/theme", ("form-token", BrowserClient.TokenOf(await other.ReadAsync("/"))), ("theme", "dark"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("theme", browser.Cookies);
    }

    [Fact]
    public async Task ATokenFromBeforeTheSession_IsRefused()
    {
        var token = BrowserClient.TokenOf(await browser.ReadAsync("/"));
        browser.SetSession(await host.SignInAsync(TestHost.Trader));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/signout", ("form-token", token))).StatusCode);
        Assert.Equal([1L], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAndForgetsTheCookie()
    {
        browser.SetSession(await host.SignInAsync(TestHost.Trader));

        var response = await browser.SubmitAsync("/", "/signout");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.ToString());
        Assert.DoesNotContain("hyper-trader-session", browser.Cookies);
        Assert.Equal([0L], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
    }

    [Theory]
    [InlineData("/signin/operator", "/signin/operator")]
    [InlineData("//evil.example.com/", "/")]
    [InlineData("/\\evil.example.com", "/")]
    [InlineData("https://evil.example.com", "/")]
    [InlineData("/a\r\nSet-Cookie: x=1", "/")]
    [InlineData("", "/")]
    public async Task AfterAForm_TheBrowserGoesBackToItsPage_AndNeverToAnotherSite(string page, string expected)
    {
        var response = await browser.SubmitAsync("/", "/theme", ("theme", "dark"), ("page", page));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task AChosenTheme_IsInTheNextPagesFirstByte()
    {
        await browser.SubmitAsync("/", "/theme", ("theme", "dark"));

        Assert.Contains("<html lang=\"en\" data-theme=\"dark\">", await browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/timezone", "zoneId", "Mars/Olympus", "is not an IANA time zone")]
    [InlineData("/timezone", "zoneId", "", "is required")]
    [InlineData("/theme", "theme", "purple", "must be one of: auto, light, dark")]
    [InlineData("/theme", "colour", "dark", "is not a field here")]
    public async Task AFormWithAWrongField_IsAPageThatNamesIt(string action, string field, string value, string said)
    {
        var response = await browser.SubmitAsync("/", action, (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(said, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokensOutliveTheHost_AsTheirKeysAreInTheStore()
    {
        using var folder = new TraderHub.Testing.TempFolder();
        var cookies = string.Empty;
        var token = string.Empty;
        await using (var first = await TestHost.StartAsync(new TestHostOptions { DataFolder = folder.Path }))
        {
            var page = await first.Http.GetAsync("/");
            cookies = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            token = BrowserClient.TokenOf(await page.Content.ReadAsStringAsync());
        }

        await using var second = await TestHost.StartAsync(new TestHostOptions { DataFolder = folder.Path });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/theme")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("form-token", token), KeyValuePair.Create("theme", "dark")]),
            Headers = { { "Cookie", cookies } },
        };
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = second.Http.BaseAddress };

        Assert.Equal(HttpStatusCode.SeeOther, (await http.SendAsync(request)).StatusCode);
        Assert.Equal([1L], second.Query<long>("SELECT COUNT(*) FROM data_protection_keys"));
    }

    [Fact]
    public async Task APageForTraders_TakesItsFormWithTheCookieAndTheToken()
    {
        await using var own = await TestHost.StartAsync(new TestHostOptions { FunctionClasses = [typeof(HomeFunctions), typeof(Diary)] });
        using var trader = new BrowserClient(own);
        trader.SetSession(await own.SignInAsync(TestHost.Trader));

        Assert.Equal(HttpStatusCode.Forbidden, (await trader.PostAsync("/diary", ("line", "hello"))).StatusCode);
        Assert.Equal("hello", await (await trader.SubmitAsync("/", "/diary", ("line", "hello"))).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task BehindAProxy_EveryCookieIsForEncryptedConnectionsAlone()
    {
        await using var site = await TestHost.StartAsync(("Auth:Domain", "hub.example.com"));
        var page = await site.Http.GetAsync("/");
        var cookie = page.Headers.GetValues("Set-Cookie").Single();
        var token = BrowserClient.TokenOf(await page.Content.ReadAsStringAsync());

        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        foreach (var (path, field, value) in new[] { ("/theme", "theme", "dark"), ("/timezone", "zoneId", "Europe/Berlin"), ("/signin/operator", "token", TestHost.AdminToken) })
        {
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Http.BaseAddress };
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("form-token", token), KeyValuePair.Create(field, value)]),
                Headers = { { "Cookie", cookie.Split(';')[0] } },
            };

            var response = await http.SendAsync(request);

            Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
            Assert.All(response.Headers.GetValues("Set-Cookie"), set => Assert.Contains("; secure", set, StringComparison.Ordinal));
        }
    }

    public sealed class Diary
    {
        [Function(nameof(WriteDiary))]
        [Access(Caller.Trader)]
        [Page]
        public IResult WriteDiary([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "diary")] HttpRequest request) =>
            Results.Text(request.Form["line"].ToString());
    }
}
