using System.Net;
using TraderHub.Functions.Tests.Http;
using TraderHub.Functions.Tests.Trading;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Pages;

public sealed class HomePageTests : IAsyncLifetime
{
    private UpstreamDouble exchange = null!;
    private TestHost host = null!;
    private BrowserClient browser = null!;

    public async Task InitializeAsync()
    {
        exchange = await UpstreamDouble.StartAsync();
        exchange.AnswerAll();
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

        string[] amounts = ["$1,100.00", "$1,000.50", "$99.50", "$979.50", "$979.50", "$500.00", "$70.25"];
        Assert.All(amounts, amount => Assert.Contains(amount, page, StringComparison.Ordinal));
        Assert.Contains("The day began with $1,100.00; the target is 10.0% of that.", page, StringComparison.Ordinal);
        Assert.Contains("ETH", page, StringComparison.Ordinal);
        Assert.Contains(Encoded("\u2212$7.25"), page, StringComparison.Ordinal);
        Assert.Contains("4,002.0", page, StringComparison.Ordinal);
        Assert.Contains(Encoded("0x5e9e…a13a"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("not known", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartThatCannotBeRead_IsNamedAsMissing_AndNeverZero()
    {
        exchange.Answer(Spot, 502, "text/html", "<html></html>");

        var page = await ReadSignedInAsync();

        Assert.Contains("Could not be read: spot. Not zero, but not known.", page, StringComparison.Ordinal);
        Assert.Contains(">missing<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$0.00", page, StringComparison.Ordinal);
        Assert.Contains("$1,000.50", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACoinWithoutAPrice_IsNamed()
    {
        exchange.Answer(Spot, """{"balances":[{"coin":"DUST","token":999,"total":"42.5","hold":"0.0","entryNtl":"0.0"}]}""");

        Assert.Contains("Counted nowhere, because nobody prices it: DUST.", await ReadSignedInAsync(), StringComparison.Ordinal);
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
        exchange.Answer(Perps, NoPerps);
        exchange.Answer(Spot, NoSpot);
        exchange.Answer("delegatorSummary", """{"delegated":"0.0","undelegated":"0.0","totalPendingWithdrawal":"0.0","nPendingWithdrawals":0}""");
        exchange.Answer("userVaultEquities", "[]");

        var page = await ReadSignedInAsync();

        Assert.Contains("holds nothing for this address", page, StringComparison.Ordinal);
        Assert.Contains("No position is open.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAgentsAddress_IsToldWhoseAccountToSignInWith()
    {
        exchange.Answer(Perps, NoPerps);
        exchange.Answer(Spot, NoSpot);
        exchange.Answer("delegatorSummary", """{"delegated":"0.0","undelegated":"0.0","totalPendingWithdrawal":"0.0","nPendingWithdrawals":0}""");
        exchange.Answer("userVaultEquities", "[]");
        exchange.Answer("userRole", """{"role":"agent","data":{"user":"0x00000000000000000000000000000000000000c3"}}""");

        Assert.Contains("This is an agent (API) wallet", await ReadSignedInAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATradersStoredZone_IsTheOneThatThePageShows_AndTheFormStoresIt()
    {
        browser.SetSession(await host.SignInAsync(TestHost.Trader));
        await browser.SubmitAsync("/", "/timezone", ("zoneId", "Asia/Kathmandu"), ("page", "/"));

        Assert.Equal(["Asia/Kathmandu"], host.Query<string>("SELECT timezone_id FROM user_settings"));
        Assert.Contains("<span id=\"clock-time\">15:25:00</span>", await browser.ReadAsync("/"), StringComparison.Ordinal);
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
        exchange.Answer(Perps, PerpsAccount.Replace("\"ETH\"", "\"<script>alert(1)</script>\"", StringComparison.Ordinal));

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
