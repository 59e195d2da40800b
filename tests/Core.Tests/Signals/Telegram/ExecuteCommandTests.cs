using NodaTime;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram.Commands;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Signals.Telegram;

public sealed class ExecuteCommandTests
{
    private readonly ExecuteCommand command = new(new ManualClock("2026-11-20T12:31:00Z"));

    [Theory]
    [InlineData("SPY 400.50", "SPY", 400.5, "2026-11-20T12:31:00Z")]
    [InlineData("brk.b 1", "BRK.B", 1, "2026-11-20T12:31:00Z")]
    [InlineData("SPY 0.01 2024-01-15", "SPY", 0.01, "2024-01-15T00:00:00Z")]
    [InlineData("SPY 400 2024-02-29", "SPY", 400, "2024-02-29T00:00:00Z")]
    public async Task PlanAsync_OfAnExecution_AsksForTheChange(string words, string ticker, double price, string date)
    {
        var change = Assert.IsType<Execute>((await PlanAsync(words)).Change);

        Assert.Equal((ticker, price, DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()), (change.Ticker, change.Price, change.Date));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SPY")]
    [InlineData("SPY 400 2026-01-15 more")]
    [InlineData("INVALID-TICKER 400")]
    [InlineData(".SPY 400")]
    [InlineData("ABCDEFGHIJK 400")]
    [InlineData("SPY 0")]
    [InlineData("SPY -1")]
    [InlineData("SPY 1,5")]
    [InlineData("SPY NaN")]
    [InlineData("SPY Infinity")]
    [InlineData("SPY 1e3")]
    [InlineData("SPY +1")]
    [InlineData("SPY .5")]
    [InlineData("SPY 400.50abc")]
    [InlineData("SPY ٤٠٠")]
    [InlineData("SPY 999999999999999999999")]
    [InlineData("SPY 0.0000000000000000000001")]
    [InlineData("SPY 400 2026-02-30")]
    [InlineData("SPY 400 2025-02-29")]
    [InlineData("SPY 400 2026-1-5")]
    [InlineData("SPY 400 15.01.2026")]
    public async Task PlanAsync_OfAnythingElse_SaysWhatIsWrong_AndChangesNothing(string words)
    {
        var plan = await PlanAsync(words);

        Assert.Null(plan.Change);
        Assert.StartsWith("❌", Assert.Single(plan.Answers), StringComparison.Ordinal);
    }

    private Task<CommandPlan> PlanAsync(string words) => command.PlanAsync(
        new("7", words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { At = Instant.FromUtc(2026, 11, 20, 12, 31) }, default);
}
