using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Text;

namespace TraderHub.Browser.Tests;

/// <summary>What a person does, in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed partial class JourneyTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly LocalTimePattern ClockPattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    private Stage stage = null!;

    public async Task InitializeAsync() => stage = await Stage.SetAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [SkippableFact]
    public async Task ATrader_SignsInWithTheWallet_SeesTheDashboard_AndSignsOut()
    {
        await using var visitor = await chromium.VisitAsync(stage.Host);
        await GiveWalletAsync(visitor, refuses: false);
        var page = visitor.Page;

        await page.GotoAsync("/");
        await page.ClickAsync("text=Sign in with a wallet");

        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Balance", Exact = true })).ToContainTextAsync("$");
        await Assertions.Expect(page.Locator("table.parts tbody tr")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("table.positions tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#clock-time")).ToHaveTextAsync(ClockText());
        await page.ClickAsync("text=Sign out");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [SkippableFact]
    public async Task ATraderWhoRefusesInTheWallet_IsToldSo_AndMayTryAgain()
    {
        await using var visitor = await chromium.VisitAsync(stage.Host);
        await GiveWalletAsync(visitor, refuses: true);

        await visitor.Page.GotoAsync("/");
        await visitor.Page.ClickAsync("text=Sign in with a wallet");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("You refused in the wallet");
        await Assertions.Expect(visitor.Page.Locator("#wallet")).ToBeEnabledAsync();
        Assert.Empty(visitor.Complaints);
    }

    [SkippableFact]
    public async Task AVisitorWithoutAWallet_IsToldWhatToDo()
    {
        await using var visitor = await chromium.VisitAsync(stage.Host);

        await visitor.Page.GotoAsync("/");
        await visitor.Page.ClickAsync("text=Sign in with a wallet");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("There is no wallet in this browser.");
        Assert.Empty(visitor.Complaints);
    }

    [SkippableFact]
    public async Task WithoutJavaScript_ALinkSignsIn_AndEveryFormWorks()
    {
        await using var visitor = await chromium.VisitAsync(stage.Host, hasJavaScript: false);
        var page = visitor.Page;

        await page.GotoAsync(await stage.IssueLinkAsync());
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Open positions" })).ToContainTextAsync("short");
        await page.FillAsync("#zone", "Asia/Kathmandu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#clock-time")).ToHaveTextAsync("15:25:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ClickAsync("text=Sign out");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [SkippableFact]
    public async Task WithJavaScript_TheThemeChangesAtOnce_AndIsRemembered()
    {
        await using var visitor = await chromium.VisitAsync(stage.Host);
        var page = visitor.Page;
        await page.GotoAsync("/");
        var paper = await BackgroundAsync(page);

        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync(), "**/theme");

        Assert.NotEqual(paper, await BackgroundAsync(page));
        await page.ReloadAsync();
        Assert.NotEqual(paper, await BackgroundAsync(page));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dark" })).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(visitor.Complaints);
    }

    [SkippableFact]
    public async Task TheTimeThatTheServerWrote_GoesOnWhenTheScriptRuns()
    {
        await using var plain = await chromium.VisitAsync(stage.Host, hasJavaScript: false);
        await plain.SetZoneAsync(stage.Host, "America/New_York");
        await plain.Page.GotoAsync("/");
        var written = await plain.Page.InnerTextAsync("#clock-time");
        Assert.Equal("04:40:00", written);

        await using var visitor = await chromium.VisitAsync(stage.Host);
        await visitor.SetZoneAsync(stage.Host, "America/New_York");
        var watch = Stopwatch.StartNew();
        await visitor.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Load });
        var shown = await visitor.Page.InnerTextAsync("#clock-time");

        Assert.InRange(SecondsBetween(written, shown), 0, (long)watch.Elapsed.TotalSeconds + 1);
        await Assertions.Expect(visitor.Page.Locator("#clock-time")).Not.ToHaveTextAsync(shown);
        Assert.InRange(SecondsBetween(shown, await visitor.Page.InnerTextAsync("#clock-time")), 1, 5);
        Assert.Matches(@"^Sat 21 Nov 2026, 09:40:\d\d UTC$", await visitor.Page.GetAttributeAsync("#clock", "title"));
    }

    [SkippableFact]
    public async Task TheKeyboardAlone_ReachesTheContentFirst()
    {
        await using var visitor = await chromium.VisitAsync(stage.Host);
        await visitor.Page.GotoAsync("/");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.Locator("#main")).ToBeFocusedAsync();
    }

    /// <summary>Puts a wallet into the page, as an extension would: it signs here, with the demo's key.</summary>
    private async Task GiveWalletAsync(Visitor visitor, bool refuses)
    {
        await visitor.Context.ExposeFunctionAsync<string, string>("signByKey", hex => stage.Wallet.Sign(Encoding.UTF8.GetString(Convert.FromHexString(hex[2..]))));
        await visitor.Context.AddInitScriptAsync($$"""
            window.ethereum = { request: async ({ method, params }) => {
              if (method === "eth_requestAccounts") return ["{{stage.Wallet.Address}}"];
              if ({{(refuses ? "true" : "false")}}) throw { code: 4001, message: "User rejected the request." };
              return window.signByKey(params[0]);
            } };
            """);
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static long SecondsBetween(string earlier, string later) =>
        Period.Between(ClockPattern.Parse(earlier).Value, ClockPattern.Parse(later).Value, PeriodUnits.Seconds).Seconds;

    [GeneratedRegex(@"^09:40:\d\d$")]
    private static partial Regex ClockText();
}

/// <summary>One browser for all of these tests.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;
