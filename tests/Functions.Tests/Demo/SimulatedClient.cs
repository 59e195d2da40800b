using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TraderHub.Core.Trading;
using TraderHub.LocalHost.Demo.Simulated;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Demo;

/// <summary>A simulated exchange and somebody who asks it, over HTTP.</summary>
internal sealed class SimulatedClient : IAsyncDisposable
{
    public static readonly WalletAddress Wallet = WalletAddress.Parse("0x2c7536e3605d9c16a7a3d7b1898e529396a65c23");

    private SimulatedClient(SimulatedExchange exchange, ManualClock clock)
    {
        Exchange = exchange;
        Clock = clock;
        Http = new HttpClient { BaseAddress = exchange.Address };
    }

    public SimulatedExchange Exchange { get; }

    public ManualClock Clock { get; }

    public HttpClient Http { get; }

    public static async Task<SimulatedClient> StartAsync(string kind = "disabled", SimulatedExchangeOptions? options = null, string now = "2026-11-21T09:40:00Z")
    {
        var clock = new ManualClock(now);
        var accounts = SimulatedAccounts.For(Wallet, kind, clock.GetUtcNow());
        return new(
            await SimulatedExchange.StartAsync(accounts, options ?? new SimulatedExchangeOptions { WeightPerMinute = null }, clock, CancellationToken.None), clock);
    }

    public Task<HttpResponseMessage> PostAsync(string body) => Http.PostAsync("info", new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>Asks about an account; what follows the type is more of the request's fields.</summary>
    public async Task<JsonElement> AskAsync(string type, string fields = "", string? user = null)
    {
        using var response = await PostAsync($$"""{"type":"{{type}}","user":"{{user ?? Wallet.ToString()}}"{{fields}}}""");
        response.EnsureSuccessStatusCode();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Walks all pages as the product must: from the last row's time on, and without the rows that it has already.</summary>
    public async Task<List<JsonElement>> WalkAsync(string type, Func<JsonElement, string> key, int pageSize)
    {
        var rows = new Dictionary<string, JsonElement>();
        for (var start = 0L; ;)
        {
            var page = (await AskAsync(type, string.Create(CultureInfo.InvariantCulture, $",\"startTime\":{start}"))).EnumerateArray().ToList();
            page.ForEach(row => rows.TryAdd(key(row), row));
            if (page.Count < pageSize)
            {
                return [.. rows.Values];
            }

            start = page[^1].GetProperty("time").GetInt64();
        }
    }

    public Task<List<JsonElement>> WalkFillsAsync() => WalkAsync("userFillsByTime", fill => fill.GetProperty("tid").ToString(), 2000);

    public Task<List<JsonElement>> WalkFundingAsync() =>
        WalkAsync("userFunding", row => $"{row.GetProperty("time")} {row.GetProperty("delta").GetProperty("coin")}", 500);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Exchange.DisposeAsync();
    }
}

/// <summary>Reads what the exchange writes.</summary>
internal static class WireReading
{
    public static decimal Amount(this JsonElement element, params string[] path) =>
        decimal.Parse(path.Aggregate(element, (each, name) => each.GetProperty(name)).GetString()!, CultureInfo.InvariantCulture);

    public static string Word(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
