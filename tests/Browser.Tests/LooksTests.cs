using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TraderHub.Core.Trading;
using TraderHub.Testing;

namespace TraderHub.Browser.Tests;

/// <summary>Every page in both themes, wide and narrow: nothing to scroll sideways, nothing that axe objects to, and a picture for a person to look at.</summary>
[Collection(nameof(Chromium))]
public sealed class LooksTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string Pictures = Path.Combine(Repository.Root, "artifacts", "screenshots");

    private Stage stage = null!;

    public async Task InitializeAsync() => stage = await Stage.SetAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [SkippableTheory]
    [InlineData("signed-out")]
    [InlineData("signed-in")]
    [InlineData("full")]
    [InlineData("empty-account")]
    [InlineData("exchange-down")]
    [InlineData("operator")]
    [InlineData("not-found")]
    public async Task APage_IsReadableInEveryWidthAndTheme(string look)
    {
        if (look == "exchange-down")
        {
            await stage.LoseExchangeAsync();
        }

        // Each visitor's page is a process of the browser's, so that they use all cores.
        await Task.WhenAll(new[] { 1280, 360 }.SelectMany(width => new[] { ColorScheme.Light, ColorScheme.Dark }.Select(theme => JudgeAsync(look, width, theme))));
    }

    private async Task JudgeAsync(string look, int width, ColorScheme theme)
    {
        await using var visitor = await chromium.VisitAsync(stage.Host, theme, width);
        await ShowAsync(visitor, look);
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{look}-{width}-{theme}.png".ToLowerInvariant()), FullPage = true });

        Assert.Equal(0, await visitor.OverflowAsync());
        var judged = await visitor.Page.RunAxe();
        Assert.Empty(judged.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
    }

    private async Task ShowAsync(Visitor visitor, string look)
    {
        switch (look)
        {
            case "signed-in" or "exchange-down":
                await visitor.SignInAsync(stage.Host, stage.Wallet.Address);
                await visitor.Page.GotoAsync("/");
                break;
            case "empty-account":
                await visitor.SignInAsync(stage.Host, WalletAddress.Parse("0x00000000000000000000000000000000000000b2"));
                await visitor.Page.GotoAsync("/");
                break;
            case "full":
                await visitor.SignInAsync(stage.Host, stage.Wallet.Address);
                await visitor.Page.GotoAsync("/samples/home");
                break;
            case "operator":
                await visitor.Page.GotoAsync("/signin/operator");
                await visitor.Page.FillAsync("#token", "a guess");
                await visitor.Page.ClickAsync("text=Sign in");
                await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the operator");
                break;
            case "not-found":
                await visitor.Page.GotoAsync("/nowhere");
                break;
            default:
                await visitor.Page.GotoAsync("/");
                break;
        }
    }
}
