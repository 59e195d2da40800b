using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

/// <summary>One worker for all tests that leave it as it was, with SQLite files of its own and doubles of its upstreams.</summary>
public sealed class SharedWorker : IAsyncLifetime
{
    public const string AdminToken = "the-operators-secret-of-this-test";

    public const string Wallet = "0x5e9ee1089755c3435139848e47e6635505d5a13a";

    public const string Domain = "hub.example.com";

    public const string AllowedOrigin = "https://app.example.com";

    private readonly TempFolder data = new();
    private FunctionsHost? host;

    internal FunctionsHost Host => host!;

    internal QuotesDouble Quotes { get; private set; } = null!;

    internal Callers Callers { get; private set; } = null!;

    /// <summary>Settings with which a worker starts and reaches nobody outside.</summary>
    internal static (string Key, string Value)[] SettingsOf(TempFolder data, QuotesDouble quotes) =>
    [
        ("Database:Directory", data.Path),
        ("Auth:AdminToken", AdminToken),
        ("Auth:JwtSecret", "the-secret-that-signs-developers-tokens-of-this-test"),
        ("Auth:Domain", Domain),
        ("Auth:AllowedOrigins", AllowedOrigin),
        ("GitHub:ClientId", "a-client"),
        ("GitHub:ClientSecret", "a-clients-secret"),
        ("GitHub:WebhookSecret", "a-webhooks-secret"),
        ("GitHub:OAuthBaseUrl", "http://127.0.0.1:9"),
        ("GitHub:ApiBaseUrl", "http://127.0.0.1:9"),
        ("Hyperliquid:BaseUrl", "http://127.0.0.1:9"),
        ("Hyperliquid:Retries", "0"),
        ("Quotes:BaseUrl", quotes.Address.ToString()),
        ("Jobs:Symbols", "AAPL"),
    ];

    public async Task InitializeAsync()
    {
        await PublishedApp.Published;
        Quotes = await QuotesDouble.StartAsync();
        var settings = SettingsOf(data, Quotes);
        host = await FunctionsHost.StartAsync(settings);
        await host.LoadAsync();
        Callers = new Callers(data, settings);
    }

    public async Task DisposeAsync()
    {
        if (Callers is not null)
        {
            await Callers.DisposeAsync();
        }

        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (Quotes is not null)
        {
            await Quotes.DisposeAsync();
        }

        data.Dispose();
    }
}
