using System.Net;
using TraderHub.Functions.Tests.Http;
using TraderHub.Functions.Tests.Trading;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Pages;

public sealed class HomePageTests : IAsyncLifetime
{
    private UpstreamDouble exchange = null!;
    private TestHost host = null!;
    private BrowserClient browser = null!;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.Answer(BalanceTests.Perps, BalanceTests.Account);
        exchange.Answer(BalanceTests.Spot, """{"balances":[{"coin":"USDC","token":0,"total":"250.25","hold":"0.5","entryNtl":"0.0"}]}""");
        host = await TestHost.StartAsync(new TestHostOptions { Exchange = exchange });
        browser = new BrowserClient(host);
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task SignedOut_ItSaysWhatThisIs_AndAsksNobody()
    {
        var page = await browser.ReadAsync("/");

        Assert.Contains("Sign in with a wallet", page, StringComparison.Ordinal);
        Assert.Contains("<noscript>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign out", page, StringComparison.Ordinal);
        Assert.DoesNotContain("This is the demo", page, StringComparison.Ordinal);
        Assert.Empty(exchange.Requests);
    }

    [Fact]
    public async Task SignedIn_ItShowsTheBalanceWithItsPartsAndPositions()
    {
        var page = await ReadSignedInAsync();

        Assert.Contains("$1,250.75", page, StringComparison.Ordinal);
        Assert.Contains("$1,000.50", page, StringComparison.Ordinal);
        Assert.Contains("$250.25", page, StringComparison.Ordinal);
        Assert.Contains("$900.00", page, StringComparison.Ordinal);
        Assert.Contains("ETH", page, StringComparison.Ordinal);
        Assert.Contains(Encoded("\u2212$7.25"), page, StringComparison.Ordinal);
        Assert.Contains("4,002.0", page, StringComparison.Ordinal);
        Assert.Contains(Encoded("0x5e9e…a13a"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("leaves out", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartThatCannotBeRead_IsNamedAsMissing_AndNeverZero()
    {
        exchange.Answer(BalanceTests.Spot, 502, "text/html", "<html></html>");

        var page = await ReadSignedInAsync();

        Assert.Contains("The total leaves out: spot.", page, StringComparison.Ordinal);
        Assert.Contains(">missing<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$0.00", page, StringComparison.Ordinal);
        Assert.Contains("$1,000.50", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACoinWithoutAPrice_IsNamedWithItsAmount()
    {
        exchange.Answer(BalanceTests.Spot, """{"balances":[{"coin":"HYPE","token":150,"total":"42.5","hold":"0.0","entryNtl":"0.0"}]}""");

        Assert.Contains("The total leaves out: 42.5 HYPE.", await ReadSignedInAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExchangeThatIsDown_LeavesThePageStanding_AndSaysWhatToDo()
    {
        await exchange.DisposeAsync();

        var page = await ReadSignedInAsync();

        Assert.Contains("Your balance cannot be read at the moment.", page, StringComparison.Ordinal);
        Assert.Contains("Hyperliquid", page, StringComparison.Ordinal);
        Assert.Contains("Try again", page, StringComparison.Ordinal);
        Assert.Contains("Trading time", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyAccount_SaysSo()
    {
        exchange.Answer(
            BalanceTests.Perps,
            """{"marginSummary":{"accountValue":"0.0","totalNtlPos":"0.0","totalMarginUsed":"0.0"},"withdrawable":"0.0","assetPositions":[]}""");
        exchange.Answer(BalanceTests.Spot, """{"balances":[]}""");

        var page = await ReadSignedInAsync();

        Assert.Contains("holds nothing for this address", page, StringComparison.Ordinal);
        Assert.Contains("No position is open.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndedSession_IsToldAndForgotten()
    {
        browser.SetSession("of-long-ago");

        Assert.Contains("Your session has ended.", await browser.ReadAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("hyper-trader-session", browser.Cookies);
    }

    [Fact]
    public async Task WhatTheExchangeSays_IsTextAndNeverMarkup()
    {
        exchange.Answer(BalanceTests.Perps, BalanceTests.Account.Replace("\"ETH\"", "\"<script>alert(1)</script>\"", StringComparison.Ordinal));

        var page = await ReadSignedInAsync();

        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APage_RunsAndShowsThisSitesFilesAlone()
    {
        browser.SetSession(await host.SignInAsync(TestHost.Trader));
        var response = await browser.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTimeShown_IsTheServersInTheVisitorsZone_WithUtcInItsTitle()
    {
        var page = await browser.SubmitAsync("/", "/timezone", ("zoneId", "Asia/Kathmandu"), ("page", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);

        var home = await browser.ReadAsync("/");

        Assert.Contains("<span id=\"clock-time\">15:25:00</span>", home, StringComparison.Ordinal);
        Assert.Contains("title=\"Sat 21 Nov 2026, 09:40:00 UTC\"", home, StringComparison.Ordinal);
        Assert.Contains("value=\"Asia/Kathmandu\"", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_IsGetWithoutABody()
    {
        var response = await host.SendAsync(HttpMethod.Head, "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(response.Content.Headers.ContentLength!.Value, 1000, 20_000);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    private async Task<string> ReadSignedInAsync()
    {
        browser.SetSession(await host.SignInAsync(TestHost.Trader));
        return await browser.ReadAsync("/");
    }

    /// <summary>A text as the renderer writes it.</summary>
    private static string Encoded(string text) => System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text);
}
