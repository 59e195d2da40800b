using Microsoft.Playwright;
using TraderHub.Testing;

namespace TraderHub.Browser.Tests;

/// <summary>
/// The distribution's Chromium, without a window. It is one for all tests, each of which has a profile of its own. Where there is none, those tests are
/// skipped, visibly; <c>./test</c> installs it.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "TRADERHUB_CHROMIUM";

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable(Variable), "/usr/bin/chromium", "/usr/bin/chromium-browser" }
        .FirstOrDefault(File.Exists);

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (Program is not null)
        {
            Assertions.SetDefaultExpectTimeout((float)Eventually.Limit.TotalMilliseconds);
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Flags });
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A visitor with a new profile. Its machine is in Tokyo, so that a time of the machine's own zone would show.</summary>
    internal async Task<Visitor> VisitAsync(TestHost host, ColorScheme theme = ColorScheme.Light, int width = 1280, bool hasJavaScript = true)
    {
        Skip.If(browser is null, $"No Chromium: install the package chromium, name the program in {Variable}, or run ./test as root.");
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = host.Http.BaseAddress!.ToString(),
            ColorScheme = theme,
            JavaScriptEnabled = hasJavaScript,
            Locale = "en-GB",
            TimezoneId = "Asia/Tokyo",
            ViewportSize = new() { Width = width, Height = 800 },
        });
        return await Visitor.CreateAsync(context);
    }
}
