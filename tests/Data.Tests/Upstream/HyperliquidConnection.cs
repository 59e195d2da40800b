using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Platform;
using TraderHub.Data.Upstream.Hyperliquid;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream;

/// <summary>The real client, connected to a double of the exchange, on a clock that the test moves.</summary>
internal sealed class HyperliquidConnection : IAsyncDisposable
{
    public const string Perps = "clearinghouseState";

    public const string EmptyAccount = """
        {"marginSummary":{"accountValue":"5.0","totalNtlPos":"0.0","totalMarginUsed":"0.0"},"withdrawable":"5.0","assetPositions":[]}
        """;

    public static readonly WalletAddress Address = WalletAddress.Parse("0xABCDEF0000000000000000000000000000000001");

    private readonly ServiceProvider services;

    private HyperliquidConnection(UpstreamDouble upstream, (string Key, string Value)[] settings)
    {
        Upstream = upstream;
        var values = settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
            .Prepend(new("Hyperliquid:BaseUrl", upstream.Address.ToString()));
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging(logging => logging.AddProvider(Log))
            .AddHyperliquid(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build()))
            .BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new("2026-11-21T09:30:00Z");

    public CapturedLog Log { get; } = new();

    public UpstreamDouble Upstream { get; }

    public IExchange Exchange => services.GetRequiredService<IExchange>();

    public HyperliquidInfo Info => services.GetRequiredService<HyperliquidInfo>();

    public HyperliquidMarket Market => services.GetRequiredService<HyperliquidMarket>();

    public WeightBudget Budget => services.GetRequiredService<WeightBudget>();

    public int Asked => Upstream.Requests.Count;

    public static async Task<HyperliquidConnection> StartAsync(params (string Key, string Value)[] settings) =>
        new(await UpstreamDouble.StartAsync(), settings);

    public Task<PerpAccount> ReadAsync(CancellationToken cancellationToken = default) => Exchange.ReadPerpAccountAsync(Address, PerpDex.Main, cancellationToken);

    public Task<PerpAccount> ReadInBackgroundAsync(CancellationToken cancellationToken = default) =>
        Exchange.InBackground.ReadPerpAccountAsync(Address, PerpDex.Main, cancellationToken);

    /// <summary>Answers the first so many requests with a status, and the others with an account.</summary>
    public void Fail(int times, int status = StatusCodes.Status502BadGateway) => Upstream.Answer(Perps, async http =>
    {
        http.Response.StatusCode = Asked <= times ? status : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(Asked <= times ? "null" : EmptyAccount);
    });

    /// <summary>Lets the clock run until something is so.</summary>
    public Task RunUntilAsync(Func<bool> condition, double seconds = 0.1) => Eventually.TrueAsync(() =>
    {
        var isSo = condition();
        Clock.Advance(TimeSpan.FromSeconds(isSo ? 0 : seconds));
        return isSo;
    });

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
