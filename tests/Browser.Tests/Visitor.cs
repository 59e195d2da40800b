using System.Collections.Concurrent;
using Microsoft.Playwright;
using TraderHub.Core.Trading;

namespace TraderHub.Browser.Tests;

/// <summary>A page in a browser, and what the browser complained about: script errors, and what the page's policy forbids, come as errors of the console.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private Visitor(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<Visitor> CreateAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Has a session from the start.</summary>
    public async Task SignInAsync(TestHost host, WalletAddress trader) => await SetCookieAsync(host, "hyper-trader-session", await host.SignInAsync(trader));

    /// <summary>Has a zone from the start, as the page's form would choose it.</summary>
    public Task SetZoneAsync(TestHost host, string id) => SetCookieAsync(host, "timezone", Uri.EscapeDataString($$"""{"zoneId":"{{id}}"}"""));

    /// <summary>How much wider than the window the page is, in pixels.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    private Task SetCookieAsync(TestHost host, string name, string value) =>
        Context.AddCookiesAsync([new() { Name = name, Value = value, Url = host.Http.BaseAddress!.ToString() }]);

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
        {
            Complaints.Enqueue(text);
        }
    }
}
