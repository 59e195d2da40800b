using System.Net;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Jobs;

public sealed class ReportsTests
{
    [Fact]
    public async Task EveryStoredShape_MakesTheSameReport()
    {
        var reports = new List<string>();
        foreach (var (_, json) in AnalysisShapes.All)
        {
            await using var jobs = await ReportsHost.StartOnKeysAsync(
                "2026-01-09T09:00:00Z", ("analysis_2026-01-08", json), ("analysis_2026-01-09_123107", json));

            var response = await jobs.Host.Http.GetAsync("/api/v1/reports/pre-market?date=2026-01-08");

            Assert.Equal("kv", response.Headers.GetValues("X-Data-Source").Single());
            reports.Add(Normalise(await response.JsonAsync()));
            Assert.Equal("scheduled", (await jobs.ReadAsync("/api/v1/reports/pre-market?date=2026-01-09")).GetProperty("state").GetString());
        }

        Assert.Equal("ready 2026-01-08T12:31:20.000Z bullish=1 bearish=1 failed=1 of 3, 42 %; AAPL:success:0.83 MSFT:failed: TSLA:success:0", Assert.Single(reports.Distinct()));
    }

    [Fact]
    public async Task AReport_HasAVersion_ThatChangesWithIt()
    {
        await using var jobs = await ReportsHost.StartAsync("2026-07-15T12:30:00Z", "AAPL");
        jobs.Rise("AAPL", new DateOnly(2026, 7, 14));
        await jobs.RunTimerAsync("PreMarketBriefing");
        var first = await jobs.Host.Http.GetAsync("/api/v1/reports/pre-market");
        var version = first.Headers.ETag!.ToString();
        jobs.Clock.Advance(TimeSpan.FromMinutes(5));

        var again = await jobs.Host.SendAsync(HttpMethod.Get, "/api/v1/reports/pre-market", null, ("If-None-Match", version));
        jobs.Quotes.Answer("AAPL", 500, "text/plain", "");
        await jobs.SendAsync(HttpMethod.Post, "/api/v1/jobs/trigger", """{"report_type":"pre-market"}""");
        await Eventually.TrueAsync(async () => (await jobs.ReadAsync("/api/v1/reports/pre-market")).GetProperty("run").GetProperty("status").GetString() == "failed");
        var later = await jobs.Host.SendAsync(HttpMethod.Get, "/api/v1/reports/pre-market", null, ("If-None-Match", version));

        Assert.Equal("sql", first.Headers.GetValues("X-Data-Source").Single());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        var body = await later.JsonAsync();
        Assert.True(body.GetProperty("is_stale").GetBoolean());
        Assert.Equal(("ready", "2026-07-15T12:30:00.000Z"), (body.GetProperty("state").GetString(), body.GetProperty("generated_at").GetString()));
    }

    [Theory]
    [InlineData("pre-market", "2026-11-20T12:29:59Z", "", "scheduled")]
    [InlineData("pre-market", "2026-11-20T12:30:00Z", "", "not_ready")]
    [InlineData("pre-market", "2026-11-21T02:00:00Z", "", "not_ready")]
    [InlineData("pre-market", "2026-11-21T06:00:00Z", "", "closed")]
    [InlineData("pre-market", "2026-11-20T12:30:00Z", "?date=yesterday", "no_data")]
    [InlineData("intraday", "2026-11-20T15:59:00Z", "", "scheduled")]
    [InlineData("end-of-day", "2026-11-20T20:30:00Z", "", "scheduled")]
    [InlineData("end-of-day", "2026-11-20T21:05:00Z", "", "not_ready")]
    [InlineData("end-of-day", "2026-11-20T21:05:00Z", "?tz=Asia/Tokyo", "closed")]
    [InlineData("end-of-day", "2026-11-20T21:05:00Z", "?date=2026-12-25&tz=Asia/Tokyo", "holiday")]
    [InlineData("weekly", "2026-11-22T13:00:00Z", "", "scheduled")]
    [InlineData("weekly", "2026-11-22T15:00:00Z", "", "not_ready")]
    [InlineData("weekly", "2026-11-23T15:00:00Z", "?date=2026-11-22", "no_data")]
    public async Task AReportThatIsNotThere_SaysWhy_AndIsNoOtherDays(string report, string now, string query, string state)
    {
        await using var jobs = await ReportsHost.StartOnKeysAsync(now, ("analysis_2026-11-18", AnalysisShapes.Enhanced));

        var answer = await jobs.ReadAsync($"/api/v1/reports/{report}{query}");

        Assert.Equal(state, answer.GetProperty("state").GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (answer.GetProperty("report").ValueKind, answer.GetProperty("generated_at").ValueKind));
        Assert.NotEmpty(answer.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("pre-market?date=2026-02-30&tz=Mars/Base", "date,tz")]
    [InlineData("pre-market?date=2026-W47", "date")]
    [InlineData("weekly?date=yesterday", "date")]
    [InlineData("intraday?date=0001-01-01", "date")]
    [InlineData("intraday?day=2026-11-20", "day")]
    public async Task AQueryThatIsWrong_NamesWhatIs(string path, string fields)
    {
        await using var jobs = await ReportsHost.StartAsync("2026-11-20T12:30:00Z");

        var response = await jobs.Host.Http.GetAsync($"/api/v1/reports/{path}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields, string.Join(',', (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name)));
    }

    private static string Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? "" : value.GetDecimal().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static string Normalise(JsonElement answer)
    {
        var report = answer.GetProperty("report");
        var signals = report.GetProperty("all_signals").EnumerateArray()
            .Select(signal => $"{signal.GetProperty("symbol")}:{signal.GetProperty("status")}:{Number(signal.GetProperty("confidence"))}").Order(StringComparer.Ordinal);
        return $"{answer.GetProperty("state")} {answer.GetProperty("generated_at")} bullish={report.GetProperty("bullish_count")} bearish={report.GetProperty("bearish_count")} "
            + $"failed={report.GetProperty("failed_count")} of {report.GetProperty("symbols_analyzed")}, {report.GetProperty("confidence")} %; {string.Join(' ', signals)}";
    }
}
