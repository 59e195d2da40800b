using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Functions.Http;
using TraderHub.Functions.Pages;
using TraderHub.Web.Home;

namespace TraderHub.Browser.Tests;

/// <summary>Pages of made-up models, to see every state that a component has.</summary>
public sealed class SamplePages(PageRenderer pages)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 40);

    /// <summary>A home page with everything on it.</summary>
    [Function(nameof(ShowFullHome))]
    [Access(Caller.Anybody)]
    [Page]
    public Task<IResult> ShowFullHome([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "samples/home")] HttpRequest request) =>
        pages.RenderAsync<HomePage>(request, "Dashboard", new Dictionary<string, object?> { [nameof(HomePage.Model)] = Full });

    private static HomeModel Full { get; } = new(
        new BalanceView(
            1_284_310.55m,
            null,
            ["staking"],
            ["DUST"],
            412_000.25m,
            398_112m,
            -798.7m,
            [
                new("Perpetuals", 640_120.10m, null, Now, true),
                new("Perpetuals on xyz", 84_000m, null, Now, true),
                new("Spot", 410_190.45m, "1,250.75 USDC, 42.5 HYPE", Now, true),
                new("Vaults", 150_000m, "2 vaults", Now - Duration.FromMinutes(4), false),
                new("Staking", null, null, null, false),
                new("Spot of a coin", null, "JUNK", Now, true) { HasNoPrice = true },
            ],
            [
                new("BTC", 3.5m, 63_850.5m, 226_089.7m, 2_612.9m, 11.6m, 41_208.3m, 22_608.97m, 10, "cross"),
                new("ETH", -42m, 3_190m, 129_980.9m, -3_999.1m, -15.4m, null, 25_996.2m, 5, "cross"),
                new("xyz:AAPL", 120m, 231.4m, 27_768m, 0m, 0m, 180.02m, 2_776.8m, 10, "isolated"),
                new("kPEPE", 12_500_000m, 0.008123m, 102_125m, 587.5m, 5.7m, 0.0041m, 10_212.5m, 10, "cross"),
            ],
            null),
        null,
        new TargetView(1_281_000m, 3_310.55m, 12_810m, 1m, Now + Duration.FromHours(14)) { NetFlows = 2_500m, ProfitPercent = 0.26m },
        new TradingTimeView(
            TradingTime.Preferred,
            "Optimal trading time",
            40.3m,
            [
                new(TradingTime.Avoided, 91.7m, 8.3m, "22:00–02:00 Thin books"),
                new(TradingTime.Avoided, 0, 8.3m, "22:00–02:00 Thin books"),
                new(TradingTime.Preferred, 37.5m, 8.3m, "09:00–11:00 London opens"),
                new(TradingTime.Preferred, 60.4m, 10.4m, "14:30–17:00 New York opens"),
            ]),
        new ZoneOfferView(["Asia/Kolkata"]));
}
