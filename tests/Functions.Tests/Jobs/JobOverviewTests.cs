using System.Net;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Jobs;

namespace TraderHub.Functions.Tests.Jobs;

public sealed class JobOverviewTests : IAsyncLifetime
{
    private static readonly LocalDate Friday = new(2026, 11, 20);

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await JobsHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Stats_PercentilesAreTimesThatWereTaken_AndWhatStillRunsIsNotRated()
    {
        for (var i = 1; i <= 20; i++)
        {
            await host.StoreAsync(Report(Friday, ReportTypes.PreMarket, i) with
            {
                ExecutionTimeMs = i * 100,
                Status = i <= 15 ? JobStatus.Success : i == 16 ? JobStatus.Partial : JobStatus.Failed,
            });
        }

        await host.StoreAsync(Report(Friday, ReportTypes.PreMarket, 21) with { Status = JobStatus.Running });
        await host.StoreAsync(Report(Friday.PlusDays(-3), ReportTypes.PreMarket, 1));

        var type = TypeOf(await host.GetJsonAsync("/api/v1/jobs/stats?window=24h"), ReportTypes.PreMarket);

        Assert.Equal(
            """{"job_type":"pre-market","report_type":"pre-market","runs":21,"success":15,"partial":1,"failed":4,"running":1,"success_rate":0.75,"p50_ms":1000,"p95_ms":1900,"max_ms":2000,"missed":0}""",
            type.GetRawText());
        Assert.Equal(22, TypeOf(await host.GetJsonAsync("/api/v1/jobs/stats?window=7d"), ReportTypes.PreMarket).GetProperty("runs").GetInt64());
    }

    [Fact]
    public async Task Stats_CountWhatWasMissed_SinceTheFirstReport()
    {
        await host.StoreAsync(Report(new LocalDate(2026, 11, 18), ReportTypes.PreMarket, 1));

        var stats = await host.GetJsonAsync("/api/v1/jobs/stats?window=7d");

        // Wednesday's run is there; Thursday's and Friday's morning are missing, and all that was due since. Friday's noon is still to come.
        Assert.Equal(2, TypeOf(stats, ReportTypes.PreMarket).GetProperty("missed").GetInt32());
        Assert.Equal(2, TypeOf(stats, ReportTypes.Intraday).GetProperty("missed").GetInt32());
        Assert.Equal(2, TypeOf(stats, ReportTypes.EndOfDay).GetProperty("missed").GetInt32());
        Assert.Equal(0, TypeOf(stats, ReportTypes.Weekly).GetProperty("missed").GetInt32());
    }

    [Fact]
    public async Task Schedule_HasEachDaysReports_AsTheyWentOrAreMissing()
    {
        await host.StoreAsync(Report(Friday.PlusDays(-1), ReportTypes.PreMarket, 1) with { Status = JobStatus.Failed });
        var rerun = await host.StoreAsync(Report(Friday.PlusDays(-1), ReportTypes.PreMarket, 2) with { Status = JobStatus.Partial });

        var days = (await host.GetJsonAsync("/api/v1/jobs/schedule?days=2")).GetProperty("days");

        Assert.Equal(["2026-11-20", "2026-11-19"], days.EnumerateArray().Select(day => day.GetProperty("date").GetString()));
        Assert.Equal(["missed", "n/a", "n/a", "n/a"], StatusesOf(days[0]));
        Assert.Equal(["partial", "missed", "missed", "n/a"], StatusesOf(days[1]));
        Assert.Equal(rerun.Id, days[1].GetProperty("reports")[0].GetProperty("job_id").GetInt64());
        Assert.Equal("2026-11-19T21:05:00.000Z", days[1].GetProperty("reports")[2].GetProperty("due_at").GetString());
    }

    [Fact]
    public async Task Schedule_BeforeAnythingRan_MissesNothing() => Assert.All(
        (await host.GetJsonAsync("/api/v1/jobs/schedule")).GetProperty("days").EnumerateArray(),
        day => Assert.Equal(["n/a", "n/a", "n/a", "n/a"], StatusesOf(day)));

    [Theory]
    [InlineData("stats?window=1y")]
    [InlineData("schedule?days=0")]
    [InlineData("schedule?days=32")]
    public async Task ABadParameter_Is400(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.GetAsync($"/api/v1/jobs/{path}")).StatusCode);

    private static JsonElement TypeOf(JsonElement stats, string report) =>
        stats.GetProperty("types").EnumerateArray().Single(type => type.GetProperty("report_type").GetString() == report);

    private static IEnumerable<string?> StatusesOf(JsonElement day) =>
        day.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("status").GetString());

    private static NewJob Report(LocalDate date, string type, int number) =>
        new(type, date, type, $"{date:uuuu-MM-dd} {number}", JobStatus.Success, (date + new LocalTime(12, 30, number)).InUtc().ToInstant());
}
