using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>The clock and the day of a trader who has chosen no zone are in one (rules T3 and D3).</summary>
[Trait("Case", "D1")]
public sealed class DayZoneTests : TradingTests
{
    private static readonly (string, string) India = ("Accept-Language", "en-IN");

    private string session = null!;

    private protected override ManualClock Clock => new("2026-11-30T18:36:00Z");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        session = await Host.SignInAsync(TestHost.Trader);
    }

    [Fact]
    public async Task ShowHome_OfATraderWithoutAZone_TakesTheGuessForTheClockAndTheDay_AndOffersIt()
    {
        var page = await PageAsync(India);

        Assert.Contains("""<span id="clock-day">Tue 01 Dec 2026</span> <span id="clock-time">00:06:00</span>""", page, StringComparison.Ordinal);
        Assert.Contains("""<time datetime="2026-12-01T18:30:00.000Z" title="Tue 01 Dec 2026, 18:30:00 UTC">Wed 02 Dec 2026 at 00:00</time>, Asia/Kolkata.""", page, StringComparison.Ordinal);
        Assert.Contains("Use Asia/Kolkata", page, StringComparison.Ordinal);
        Assert.Equal(["2026-12-01"], Host.Query<string>("SELECT user_date FROM daily_balances"));
    }

    [Fact]
    public async Task GetOverview_FromAnotherBrowser_StaysInTheZoneOfTheDay()
    {
        var first = await OverviewAsync(India);
        var second = await OverviewAsync(("Accept-Language", "de-DE"));
        var time = await JsonAsync("/api/time", ("Cookie", """timezone={"offset":-8}"""));

        Assert.Equal(("Asia/Kolkata", "language"), (first.GetProperty("timezone").Text("zoneId"), first.GetProperty("timezone").Text("source")));
        Assert.Equal(first.GetProperty("timezone").GetRawText(), second.GetProperty("timezone").GetRawText());
        Assert.Equal(("2026-12-01", "2026-12-01T18:30:00.000Z"), (second.GetProperty("dailyBalance").Text("date"), second.GetProperty("dailyBalance").Text("endsAt")));
        Assert.Equal(("2026-12-01", "2026-12-01T18:30:00.000Z"), (time.Text("localDate"), time.Text("nextLocalMidnight")));
    }

    [Fact]
    public async Task ShowHome_OfADayThatBeganInUtc_ShowsUtc_AndOffersTheGuess()
    {
        await OverviewAsync();

        var page = await PageAsync(India);

        Assert.Contains("""<span id="clock-day">Mon 30 Nov 2026</span> <span id="clock-time">18:36:00</span>""", page, StringComparison.Ordinal);
        Assert.Contains("Tue 01 Dec 2026 at 00:00</time>, UTC.", page, StringComparison.Ordinal);
        Assert.Contains("Use Asia/Kolkata", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-12-01", "2026-12-01T18:30:00.000Z")]
    [InlineData("America/Los_Angeles", "2026-11-30", "2026-12-01T08:00:00.000Z")]
    public async Task SetTimezone_ForTheFirstTime_CountsForTheDayThatIsOpen(string zoneId, string date, string endsAt)
    {
        await OverviewAsync();
        await ChooseAsync(zoneId);

        var day = (await OverviewAsync()).GetProperty("dailyBalance");

        Assert.Equal((date, endsAt), (day.Text("date"), day.Text("endsAt")));
        Assert.DoesNotContain("Use Asia/Kolkata", await PageAsync(India), StringComparison.Ordinal);

        // From now on it was chosen, and another choice waits for the day's end.
        await ChooseAsync("Asia/Tokyo");
        Assert.Equal(endsAt, (await OverviewAsync()).GetProperty("dailyBalance").Text("endsAt"));
    }

    [Fact]
    public async Task SignIn_WithALanguage_AssumesItsZone_AlsoForTimers()
    {
        Host.Execute("UPDATE traders SET last_sign_in_at = 0", "trading");
        var client = new WalletClient(Host, 3);
        var message = await client.AskForMessageAsync();
        (await client.SendAsync(message, client.Wallet.Sign(message), India)).EnsureSuccessStatusCode();

        await Host.Clock.WaitForTimerAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(24));

        // The exchange's budget spreads a timer's questions over time.
        await Eventually.TrueAsync(() =>
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(5));
            return Host.Query<string>($"SELECT user_date FROM daily_balances WHERE user_address = '{client.Wallet.Address}'").SequenceEqual(["2026-12-01"]);
        });
    }

    private async Task ChooseAsync(string zoneId) => (await Host.SendAsync(
        HttpMethod.Post, "/api/timezone", $$"""{"zoneId":"{{zoneId}}"}""", ("Authorization", $"Bearer {session}"))).EnsureSuccessStatusCode();

    private Task<JsonElement> OverviewAsync(params (string, string)[] headers) => JsonAsync("/api/overview", headers);

    private async Task<JsonElement> JsonAsync(string path, params (string, string)[] headers)
    {
        var response = await Host.SendAsync(HttpMethod.Get, path, null, [("Authorization", $"Bearer {session}"), .. headers]);
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }

    private async Task<string> PageAsync(params (string, string)[] headers) => await (await Host.SendAsync(
        HttpMethod.Get, "/", null, [("Cookie", $"hyper-trader-session={session}"), .. headers])).Content.ReadAsStringAsync();
}
